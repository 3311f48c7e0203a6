//: mount()
//: tap()
//: onClick()
//: onClick_2()
import { useEffect, useState } from 'react'
import { View } from '@tarojs/components'

export default function Batching() {
  const [first, setFirst] = useState(0)
  const [second, setSecond] = useState('a')

  console.log('render', first, second)
  useEffect(() => {
    console.log('effect', first, second)
  })

  const tap = () => {
    setFirst(first + 1)
    setFirst(first + 1)
    setSecond(second + 'b')
    console.log('in the handler', first, second)
    Promise.resolve().then(() => console.log('a job after the handler'))
  }

  return (
    <View onClick={tap}>
      <View onClick={() => { setFirst(n => n + 1); setFirst(n => n * 10); setFirst(n => n + 2) }} />
      <View onClick={() => { setFirst(n => n + 1); setFirst(100); setFirst(n => n + 1) }} />
    </View>
  )
}
