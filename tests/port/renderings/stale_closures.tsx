//: mount()
//: later()
//: tap()
//: tap()
//: onTouchEnd()
//: onLongPress()
import { useCallback, useEffect, useState } from 'react'
import { View } from '@tarojs/components'

let finish: any
const waiting = new Promise(resolve => {
  finish = resolve
})

export default function Stale() {
  const [count, setCount] = useState(0)
  const show = useCallback(() => {
    console.log('the first rendering saw', count)
  }, [])

  useEffect(() => {
    waiting.then(() => console.log('the effect of the first rendering sees', count))
  }, [])

  const tap = () => setCount(count + 1)
  const later = async () => {
    await waiting
    console.log('the handler still sees', count)
    setCount(count + 10)
  }
  console.log('render', count)
  return <View onClick={tap} onTap={later} onLongPress={() => show()} onTouchEnd={() => finish()} />
}
