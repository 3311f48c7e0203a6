import { Button, Text, View } from '@tarojs/components'
import Taro, { useShareAppMessage } from '@tarojs/taro'
import { useContext, useMemo, useState } from 'react'
import { CartContext } from '../../cart'
import { useRequest, useVisits } from '../../hooks'
import './index.scss'

interface Tea {
  id: number
  name: string
  price: number
}

export default function Home() {
  const { data: teas, loading } = useRequest<Tea[]>(`${process.env.TARO_APP_API}/teas`)
  const visits = useVisits()
  const { count } = useContext(CartContext)
  const [cheap, setCheap] = useState(false)
  const shown = useMemo(() => (teas || []).filter(tea => !cheap || tea.price < 10), [teas, cheap])

  useShareAppMessage(() => ({ title: `${shown.length} teas`, path: '/pages/home/index' }))

  const open = (tea: Tea) => {
    Taro.navigateTo({ url: `/pages/tea/index?id=${tea.id}` })
  }

  if (loading) return <View>Please wait</View>

  return (
    <View className='home'>
      <Text>{visits} visits, {count} in the cart</Text>
      {shown.map((tea, index) => (
        <View key={tea.id} onClick={() => open(tea)}>
          {index + 1}: {tea.name}
        </View>
      ))}
      <Button onClick={() => setCheap(!cheap)}>cheap ones</Button>
    </View>
  )
}
