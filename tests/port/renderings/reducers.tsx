//: mount({"step": 2})
//: add()
//: addTwice()
//: reset()
//: nothing()
//: update({"step": 5})
//: add()
import { useReducer } from 'react'
import { View } from '@tarojs/components'

const begin = (count: number) => ({ count, history: [] as string[] })

export default function Reducers({ step }: any) {
  const [state, dispatch] = useReducer((before: any, action: any) => {
    console.log('reduce', action.type, step)
    switch (action.type) {
      case 'add':
        return { count: before.count + step, history: [...before.history, `+${step}`] }
      case 'reset':
        return begin(action.to)
      default:
        return before
    }
  }, 10, begin)

  console.log('render', state.count, state.history.join(' '))
  const add = () => dispatch({ type: 'add' })
  const addTwice = () => {
    dispatch({ type: 'add' })
    dispatch({ type: 'add' })
    console.log('dispatched', state.count)
  }
  const reset = () => dispatch({ type: 'reset', to: 1 })
  const nothing = () => dispatch({ type: 'unknown' })
  return <View onClick={add} onTap={addTwice} onLongPress={reset} onTouchEnd={nothing} />
}
