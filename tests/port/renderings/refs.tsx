//: mount()
//: count()
//: count()
//: show()
import { useEffect, useRef, useState } from 'react'
import { View } from '@tarojs/components'

export default function Refs() {
  const taps = useRef(0)
  const latest = useRef<any>()
  const [, redraw] = useState({})

  console.log('render', taps.current, latest.current === undefined)
  useEffect(() => {
    latest.current = () => taps.current * 2
  })
  const count = () => {
    taps.current++
    console.log('counted', taps.current)
  }
  const show = () => {
    console.log('twice', latest.current())
    redraw({})
  }
  return <View onClick={count} onTap={show} />
}
