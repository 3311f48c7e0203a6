import { PropsWithChildren, useState } from 'react'
import Taro, { useLaunch } from '@tarojs/taro'
import { CartContext } from './cart'

function App({ children }: PropsWithChildren<any>) {
  const [count, setCount] = useState(0)

  useLaunch(options => {
    Taro.setStorageSync('launched', options.scene)
  })

  return <CartContext.Provider value={{ count, add: () => setCount(n => n + 1) }}>{children}</CartContext.Provider>
}

export default App
