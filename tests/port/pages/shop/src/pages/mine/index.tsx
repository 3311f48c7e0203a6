import { Button, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useContext, useEffect, useReducer } from 'react'
import { CartContext } from '../../cart'

definePageConfig({ navigationBarTitleText: 'Mine' })

type Action = { type: 'add'; text: string } | { type: 'clear' }

const reducer = (notes: string[], action: Action) => {
  if (action.type === 'add') return [...notes, action.text]
  return []
}

const Mine = () => {
  const { params } = useRouter()
  const { count, add } = useContext(CartContext)
  const [notes, dispatch] = useReducer(reducer, [])

  useEffect(() => {
    Taro.setNavigationBarTitle({ title: `${params.name}: ${notes.length}` })
  }, [notes, params.name])

  return (
    <View>
      {count} {notes.join(', ')}
      <Button onClick={add}>One more</Button>
      <Button onTap={() => dispatch({ type: 'add', text: `note ${notes.length + 1}` })}>Note</Button>
      <Button onLongPress={() => dispatch({ type: 'clear' })}>Clear</Button>
    </View>
  )
}

export default Mine
