//: mount()
//: load()
//: loadTwice()
//: failing()
import { useState } from 'react'
import { View } from '@tarojs/components'

const answer = async (value: string) => value

export default function StateAfterAwait() {
  const [data, setData] = useState<string | null>(null)
  const [loading, setLoading] = useState(false)
  const [error, setError] = useState('')

  console.log('render', data, loading, error)

  const load = async () => {
    setLoading(true)
    const first = await answer('first')
    console.log('answered', loading)
    setData(first)
    setLoading(false)
  }
  const loadTwice = async () => {
    setLoading(true)
    setData(await answer('second'))
    setData(await answer('third'))
    setLoading(false)
  }
  const failing = async () => {
    setLoading(true)
    try {
      await Promise.reject(new Error('no answer'))
    } catch (e) {
      setError(e.message)
    } finally {
      setLoading(false)
    }
  }
  return <View onClick={load} onTap={loadTwice} onLongPress={failing} />
}
