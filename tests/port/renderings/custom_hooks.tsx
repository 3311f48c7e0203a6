//: mount({"word": "a"})
//: onClick()
//: update({"word": "b"})
//: onClick()
//: unmount()
import { useCallback, useEffect, useRef, useState } from 'react'
import { View } from '@tarojs/components'

function usePrevious<T>(value: T) {
  const ref = useRef<T>()
  useEffect(() => {
    ref.current = value
  }, [value])
  return ref.current
}

const useToggle = (initial = false): [boolean, () => void] => {
  const [on, setOn] = useState(initial)
  const toggle = useCallback(() => setOn(before => !before), [])
  return [on, toggle]
}

const useUpdateEffect = (effect: any, deps: any[]) => {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    return effect()
  }, deps)
}

const useUnmount = (fn: any) => {
  const latest = useRef(fn)
  latest.current = fn
  useEffect(() => () => latest.current(), [])
}

export default function CustomHooks({ word }: any) {
  const [on, toggle] = useToggle()
  const before = usePrevious(word)
  useUpdateEffect(() => {
    console.log('word became', word)
    return () => console.log('and goes', word)
  }, [word])
  useUnmount(() => console.log('unmounted with', word, on))
  console.log('render', word, before === undefined ? 'none' : before, on)
  return <View onClick={() => toggle()} />
}
