//: mount()
//: same()
//: change()
//: same()
//: same()
//: nan()
//: nan()
//: nan()
//: back()
import { useEffect, useState } from 'react'
import { View } from '@tarojs/components'

export default function SameState() {
  const [value, setValue] = useState<any>(1)
  console.log('render', value)
  useEffect(() => console.log('effect', value))
  const same = () => setValue(value)
  const change = () => setValue(2)
  const nan = () => setValue(NaN)
  const back = () => {
    setValue(3)
    setValue(NaN)
  }
  return <View onClick={same} onTap={change} onLongPress={nan} onTouchEnd={back} />
}
