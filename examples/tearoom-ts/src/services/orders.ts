import Taro from '@tarojs/taro'
import * as cart from '@/store/cart'
import type { Order } from '@/types'
import { signedIn } from './auth'
import { ApiError, request } from './request'

/** Sends the cart, if the user wants it so; the order, or null. */
export async function place(): Promise<Order | null> {
  const items = cart.items()
  if (items.length === 0) {
    Taro.showToast({ title: 'the cart is empty', icon: 'none' })
    return null
  }
  const { confirm } = await Taro.showModal({ title: 'Order', content: `That makes ${cart.total().text}` })
  if (!confirm) return null
  try {
    const order = await signedIn((token) => send(token, items))
    cart.clear()
    Taro.navigateTo({ url: `/pages/order/index?id=${order.id}` })
    return order
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    Taro.showToast({ title: error.message, icon: 'none' })
    return null
  }
}

const send = (token: string, items: { id: string; count: number }[]) =>
  request<Order>('/orders', { method: 'POST', data: { items }, token, loading: 'Ordering' })

/** Orders in words, the newest first. */
export function describe(orders: Order[]): string[] {
  const words = { placed: 'is being packed', sent: 'is on its way', done: 'has come' }
  return orders
    .slice()
    .sort((a, b) => b.id.localeCompare(a.id))
    .map(({ id, total, status }) => `${id}: ${(total / 100).toFixed(2)}, ${words[status]}`)
}
