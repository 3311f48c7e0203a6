// A store with two reducers and a thunk; and what a query string carries.
//: bought(["tea", "cup", "tea"])
//: later("tea")
//: link({"id": 7, "tags": ["a b", "c"], "none": null})
//: back("?id=7&tags[]=a&tags[]=b&deep[x]=1")
//: classes(true)
import classNames from 'classnames'
import qs from 'qs'
import { applyMiddleware, combineReducers, createStore } from 'redux'
import thunk from 'redux-thunk'

type Action = { type: string; name?: string }

function cart(state: string[] = [], action: Action) {
  switch (action.type) {
    case 'ADD':
      return [...state, action.name]
    default:
      return state
  }
}

function count(state = 0, action: Action) {
  return action.type === 'ADD' ? state + 1 : state
}

const create = () => createStore(combineReducers({ cart, count }), applyMiddleware(thunk))

export const add = (name: string) => ({ type: 'ADD', name })

export function bought(names: string[]) {
  const store = create()
  const seen: number[] = []
  const leave = store.subscribe(() => {
    seen.push(store.getState().count)
  })
  names.forEach(name => store.dispatch(add(name)))
  leave()
  store.dispatch(add('last'))
  return [store.getState(), seen]
}

const addLater = (name: string) => async (dispatch: any, getState: any) => {
  await Promise.resolve()
  dispatch(add(name))
  return getState().count
}

export async function later(name: string) {
  const store = create()
  const before = store.getState().count
  const after = await store.dispatch(addLater(name) as any)
  return [before, after]
}

export function link(params: any) {
  return `/pages/list?${qs.stringify(params, { arrayFormat: 'repeat', skipNulls: true })}`
}

export function back(query: string) {
  return qs.parse(query, { ignoreQueryPrefix: true })
}

export function classes(on: boolean) {
  return classNames('button', { 'button--on': on, 'button--off': !on }, ['big'])
}
