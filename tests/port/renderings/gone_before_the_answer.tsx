//: mount()
//: ask()
//: unmount()
//: answer()
import { useEffect, useState } from 'react'
import { View } from '@tarojs/components'

let resolve: any

export default function Gone() {
  const [data, setData] = useState('nothing')
  console.log('render', data)

  useEffect(() => {
    let alive = true
    return () => {
      alive = false
      console.log('gone', alive)
    }
  }, [])

  const ask = async () => {
    const waiting = new Promise(done => {
      resolve = done
    })
    const value: any = await waiting
    console.log('answered', value)
    setData(value)
    console.log('and nothing happens')
  }
  const answer = () => resolve('an answer')
  return <View onClick={ask} onTap={answer} />
}
