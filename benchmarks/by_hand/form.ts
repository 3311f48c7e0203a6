interface Rule {
  field: string
  required?: boolean
  min?: number
  pattern?: RegExp
  message: string
}

const RULES: Rule[] = [
  { field: 'name', required: true, message: 'who?' },
  { field: 'name', min: 2, message: 'too short' },
  { field: 'phone', pattern: /^1[3-9]\d{9}$/, message: 'no phone' },
  { field: 'email', pattern: /^[\w.]+@[\w.]+\.\w+$/, message: 'no address' },
]

export function validate(values: Record<string, string>): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const rule of RULES) {
    const value = (values[rule.field] || '').trim()
    if (errors[rule.field]) continue
    if (!value) {
      if (rule.required) errors[rule.field] = rule.message
    } else if (rule.min !== undefined && value.length < rule.min) {
      errors[rule.field] = rule.message
    } else if (rule.pattern && !rule.pattern.test(value)) {
      errors[rule.field] = rule.message
    }
  }
  return errors
}

export function run(): Record<string, string>[] {
  return [
    validate({ name: 'Ada', phone: '13800138000', email: 'ada@shop.example' }),
    validate({ name: ' ', phone: '123', email: 'ada' }),
    validate({ name: 'B', email: 'b@c.d' }),
    validate({}),
  ]
}
