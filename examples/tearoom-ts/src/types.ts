export interface Tea {
  id: string
  name: string
  /** In cents. */
  price: number
  /** How many there are; without it, as many as one likes. */
  stock?: number
}

export interface Line {
  tea: Tea
  count: number
}

export interface Page<T> {
  list: T[]
  more: boolean
}

export interface Order {
  id: string
  total: number
  status: 'placed' | 'sent' | 'done'
}
