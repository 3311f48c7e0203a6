//: mount()
//: one()
//: other()
//: both()
//: unmount()
import { useEffect, useLayoutEffect, useState } from 'react'
import { View } from '@tarojs/components'

export default function EffectOrder() {
  const [a, setA] = useState(1)
  const [b, setB] = useState(1)

  useEffect(() => {
    console.log('every time')
    return () => console.log('clean every time')
  })
  useEffect(() => {
    console.log('a is', a)
    return () => console.log('a was', a)
  }, [a])
  useLayoutEffect(() => {
    console.log('layout of b', b)
    return () => console.log('clean layout of b', b)
  }, [b])
  useEffect(() => {
    console.log('a and b are', a, b)
    return () => console.log('a and b were', a, b)
  }, [a, b])
  useEffect(() => {
    console.log('once')
    return () => console.log('at the end')
  }, [])

  console.log('render', a, b)
  const one = () => setA(a + 1)
  const other = () => setB(b + 1)
  const both = () => {
    setA(a + 1)
    setB(b + 1)
  }
  return <View onTap={one} onClick={other} onLongPress={both} />
}
