// What a shop does with lodash: named functions, the package as `_`, and single functions by their path.
//: cart([{"id": 1, "shop": "a", "price": 10, "on": true}, {"id": 2, "shop": "b", "price": 5.5, "on": false}, {"id": 3, "shop": "a", "price": 2, "on": true}])
//: cart([])
//: settings({"theme": {"dark": true}, "size": null})
//: settings(null)
//: cleaned({"name": " Ann ", "age": null, "tags": [], "note": ""})
//: page([1, 2, 3, 4, 5, 6, 7], 3)
//: deep({"a": {"b": [1, 2, {"c": 3}]}})
//: counted()
import _ from 'lodash'
import { cloneDeep, groupBy, isEmpty, omitBy, orderBy, sumBy } from 'lodash'
import get from 'lodash/get'
import merge from 'lodash.merge'
import { once, uniqueId as nextId } from 'lodash-es'

interface Item {
  id: number
  shop: string
  price: number
  on: boolean
}

const DEFAULTS = { theme: { dark: false, color: 'red' }, size: 12 }

export function cart(items: Item[]) {
  const chosen = _.filter(items, 'on')
  const byShop = _.mapValues(groupBy(chosen, 'shop'), list => sumBy(list, 'price'))
  const ids = _.map(orderBy(items, ['price'], ['desc']), 'id')
  return { byShop, ids, empty: isEmpty(chosen), dearest: _.get(_.maxBy(items, 'price'), 'id', -1) }
}

export function settings(own: any) {
  const all = merge({}, DEFAULTS, own)
  return [all, get(all, 'theme.color'), get(own, 'theme.color', 'none'), DEFAULTS]
}

export function cleaned(form: any) {
  return omitBy(_.mapValues(form, v => (_.isString(v) ? _.trim(v) : v)), v => _.isNil(v) || v === '' || (_.isArray(v) && !v.length))
}

export function page(items: number[], size: number) {
  return _.chunk(items, size).map(group => _.sum(group))
}

export function deep(value: any) {
  const copy = cloneDeep(value)
  _.set(copy, 'a.b[2].c', 4)
  _.set(copy, 'x.y', 1)
  return [_.isEqual(copy, value), copy, value]
}

export function counted() {
  let n = 0
  const begin = once(() => {
    n += 1
    return n
  })
  begin()
  return [begin(), n, nextId('a') !== nextId('a')]
}
