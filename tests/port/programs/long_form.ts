//: check({"name": "Ada", "phone": "13800138000", "email": "ada@shop.example", "age": "36", "code": "A-1024"})
//: check({"name": " ", "phone": "123", "email": "ada@", "age": "3.5"})
//: check({"name": "A very long name that nobody has", "phone": "", "email": "", "age": "abc", "code": "a-1"})
//: check({})
//: touching()
//: normalized({"name": "  Ada  ", "phone": "138 0013 8000", "age": "036", "tags": "green, white,,black "})
//: server({"phone": ["is taken", "is odd"], "other": ["unknown"]})
//: submitting("ok")
//: submitting("taken")
//: submitting("down")
// A form of an address: rules that are data, faults by field, fields that were touched, and what the server refuses.

type Values = Record<string, any>
type Check = (value: any, values: Values) => string | undefined | false

interface Field {
  label: string
  required?: boolean | ((values: Values) => boolean)
  checks?: Check[]
  /** How what was typed becomes what is sent. */
  normalize?: (value: any) => any
}

const PHONE = /^1[3-9]\d{9}$/
const EMAIL = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/

export const pattern = (expression: RegExp, message: string): Check => (value, _values) => !expression.test(value) && message

export const length = (least: number, most: number): Check => (value: string, _values) => {
  if (value.length < least) return `has fewer than ${least} letters`
  if (value.length > most) return `has more than ${most} letters`
}

const whole: Check = (value, _values) => {
  const number = Number(value)
  if (Number.isNaN(number)) return 'is no number'
  return !Number.isInteger(number) && 'is no whole number'
}

const between = (low: number, high: number): Check => (value, _values) =>
  (Number(value) < low || Number(value) > high) && `is not between ${low} and ${high}`

const FIELDS: { [name: string]: Field } = {
  name: { label: 'Name', required: true, checks: [length(2, 20)], normalize: (value: string) => value.trim() },
  phone: {
    label: 'Phone',
    required: (values) => !values.email,
    checks: [pattern(PHONE, 'is no number of a phone')],
    normalize: (value: string) => value.replace(/\s+/g, ''),
  },
  email: { label: 'Email', required: (values) => !values.phone, checks: [pattern(EMAIL, 'is no address')] },
  age: { label: 'Age', checks: [whole, between(1, 150)], normalize: (value) => parseInt(value, 10) },
  code: { label: 'Code', checks: [(value, { age }) => !/^[A-Z]-\d{4}$/.test(value) && `is wrong (${age ?? 'no age'})`] },
  tags: {
    label: 'Tags',
    normalize: (value: string) => value.split(',').map((each) => each.trim()).filter(Boolean),
  },
}

const isEmpty = (value: any): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

export class Form {
  values: Values
  errors: Record<string, string> = {}
  touched: Record<string, boolean> = {}
  isSubmitting = false

  constructor(private fields: Record<string, Field>, initial: Values = {}) {
    this.values = { ...initial }
  }

  /** Sets a field; its fault is looked for again if it was touched. */
  change(name: string, value: any): void {
    this.values[name] = value
    if (this.touched[name]) this.validateField(name)
  }

  blur(name: string): void {
    this.touched[name] = true
    this.validateField(name)
  }

  validate(): boolean {
    Object.keys(this.fields).forEach((name) => this.validateField(name))
    return Object.keys(this.errors).length === 0
  }

  /** The first fault in the order of the fields, as a toast shows it. */
  get firstError(): string | null {
    for (const [name, { label }] of Object.entries(this.fields)) {
      if (name in this.errors) return `${label} ${this.errors[name]}`
    }
    return null
  }

  normalized(): Values {
    const found: Values = {}
    for (const name in this.fields) {
      const { normalize } = this.fields[name]
      const value = this.values[name]
      if (isEmpty(value)) continue
      found[name] = normalize ? normalize(value) : value
    }
    return found
  }

  takeServerErrors(errors: Record<string, string[]>): string[] {
    const unknown: string[] = []
    Object.entries(errors).forEach(([name, [first]]) => {
      if (this.fields[name]) this.errors[name] = first
      else unknown.push(`${name}: ${first}`)
    })
    return unknown
  }

  async submit(send: (values: Values) => Promise<any>): Promise<string> {
    if (this.isSubmitting) return 'busy'
    if (!this.validate()) return this.firstError ?? 'invalid'
    this.isSubmitting = true
    try {
      const { id } = await send(this.normalized())
      return `sent as ${id}`
    } catch (error: any) {
      if (!error.errors) throw error
      const rest = this.takeServerErrors(error.errors)
      return [this.firstError, ...rest].filter(Boolean).join('; ')
    } finally {
      this.isSubmitting = false
    }
  }

  private validateField(name: string): void {
    const error = this.faultOf(name)
    if (error) this.errors[name] = error
    else delete this.errors[name]
  }

  private faultOf(name: string): string | undefined {
    const { required, checks = [] } = this.fields[name]
    const value = this.values[name]
    if (isEmpty(value)) {
      const isRequired = typeof required === 'function' ? required(this.values) : required
      return isRequired ? 'is missing' : undefined
    }
    for (const check of checks) {
      const fault = check(value, this.values)
      if (fault) return fault
    }
  }
}

export function check(values: Values) {
  const form = new Form(FIELDS, values)
  return [form.validate(), form.errors, form.firstError]
}

export function touching() {
  const form = new Form(FIELDS)
  const seen: any[] = []
  form.change('phone', '1')
  seen.push({ ...form.errors })
  form.blur('phone')
  seen.push({ ...form.errors })
  form.change('phone', '13912345678')
  seen.push({ ...form.errors }, Object.keys(form.touched))
  return seen
}

export const normalized = (values: Values) => new Form(FIELDS, values).normalized()

export function server(errors: Record<string, string[]>) {
  const form = new Form(FIELDS)
  return [form.takeServerErrors(errors), form.errors]
}

export async function submitting(how: string) {
  const form = new Form(FIELDS, { name: 'Ada ', phone: '13800138000' })
  const send = async (values: Values) => {
    if (how === 'taken') throw { errors: { phone: ['is taken'], shop: ['is closed'] } }
    if (how === 'down') throw new Error('down')
    return { id: `${values.name}-${values.phone.slice(-4)}` }
  }
  const both = await Promise.all([form.submit(send), form.submit(send)])
  return [both, form.isSubmitting]
}
