//: list()
//: list(2)
//: list(2, 5)
//: named({"name": "tea", "of": null})
//: named({})
//: named({"name": "", "size": 0})
// A field that is optional by its type is undefined where it is handed on as nothing, and has its default then.
interface Page {
  page?: number
  size?: number
}

const shown = ({ page = 1, size = 10 }: Page) => `${page}/${size}`

export function list(page?: number, size?: number) {
  return shown({ page, size })
}

interface Named {
  name?: string
  size?: number
  of?: string | null
}

export function named(options: Named) {
  const { name = 'none', size = 3, of = 'nothing' } = options
  return [name, size, of]
}
