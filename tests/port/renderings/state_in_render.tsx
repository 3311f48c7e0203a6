//: mount({"id": 1})
//: tap()
//: update({"id": 2})
//: tap()
import { useEffect, useState } from 'react'
import { View } from '@tarojs/components'

export default function StateInRender({ id }: any) {
  const [shown, setShown] = useState(id)
  const [taps, setTaps] = useState(0)
  console.log('render', id, shown, taps)
  if (id !== shown) {
    setShown(id)
    setTaps(0)
  }
  useEffect(() => {
    console.log('effect', id, shown, taps)
  }, [id, shown])
  const tap = () => setTaps(taps + 1)
  return <View onClick={tap} />
}
