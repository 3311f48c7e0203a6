//: mount()
//: start()
//: measure()
import { useEffect, useLayoutEffect, useState } from 'react'
import { View } from '@tarojs/components'

export default function EffectsThatSet() {
  const [left, setLeft] = useState(0)
  const [size, setSize] = useState(0)
  const [note, setNote] = useState('')
  console.log('render', left, size, note)

  useEffect(() => {
    console.log('left', left)
    if (left > 0) setLeft(left - 1)
    return () => console.log('left was', left)
  }, [left])

  useLayoutEffect(() => {
    console.log('size', size)
    if (size === 1) {
      setSize(2)
      setNote('measured')
    }
  }, [size])

  useEffect(() => {
    console.log('note', note)
  }, [note])

  const start = () => setLeft(2)
  const measure = () => setSize(1)
  return <View onClick={start} onTap={measure} />
}
