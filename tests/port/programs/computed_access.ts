//: run({"list": [{"name": "x"}], "en": {"hi": "Hi"}}, "en")
export function run(data: any, lang: string) {
  const key = 'hi'
  const path = 'list.0.name'
  const got = path.split('.').reduce((value: any, part) => (value ? value[part] : undefined), data)
  data[lang][key + '2'] = 1
  const at = 0
  return [data[lang][key], got, data.list[at]['name'], data['missing']?.[key] ?? 'none', data[lang]]
}
