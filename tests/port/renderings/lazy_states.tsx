//: mount()
//: tap()
//: twice()
//: same()
import { useState } from 'react'
import { View } from '@tarojs/components'

export default function LazyStates() {
  const [value, setValue] = useState(() => {
    console.log('begins once')
    return { n: 1 }
  })
  const [, setOther] = useState(0)
  console.log('render', value.n)
  const tap = () => {
    setValue(before => {
      console.log('updater', before.n)
      return { n: before.n + 1 }
    })
    console.log('set')
  }
  const twice = () => {
    setOther(n => n + 1)
    setValue(before => {
      console.log('first updater', before.n)
      return { n: before.n + 1 }
    })
    setValue(before => {
      console.log('second updater', before.n)
      return { n: before.n + 1 }
    })
    console.log('set both')
  }
  const same = () => setValue(before => {
    console.log('the same', before.n)
    return before
  })
  return <View onClick={tap} onTap={twice} onLongPress={same} />
}
