//: mount({"label": "x"})
//: tap()
//: tap()
//: onTap()
//: onLongPress()
import { useCallback, useMemo, useRef, useState } from 'react'
import { View } from '@tarojs/components'

const seen: any[] = []
const number = (value: any) => {
  if (!seen.includes(value)) seen.push(value)
  return seen.indexOf(value)
}

export default function Identities({ label }: { label: string }) {
  const [count, setCount] = useState(0)
  const [name, setName] = useState('a')
  const box = useRef({ of: 'box' })
  const whole = useMemo(() => ({ name, label }), [name, label])
  const half = useMemo(() => {
    console.log('half of', count)
    return { half: Math.floor(count / 2) }
  }, [Math.floor(count / 2)])
  const never = useMemo(() => ({}), [NaN, undefined, 'a'])
  const always = useMemo(() => ({}))
  const zero = useMemo(() => ({}), [count === 0 ? 0 : -0])
  const rename = useCallback(() => {
    setName(name + 'b')
  }, [name])

  console.log(number(box), number(box.current), number(whole), number(half), number(never), number(always), number(zero))
  console.log('functions', number(rename), number(setCount), number(setName))
  const tap = () => setCount(count + 1)
  return <View onClick={tap} onTap={() => rename()} onLongPress={() => { box.current = { of: 'another' }; setCount(n => n + 1) }} />
}
