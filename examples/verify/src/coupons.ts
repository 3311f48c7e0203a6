import Taro from '@tarojs/taro'

export interface Coupon {
  id: string
  /** In cents. */
  value: number
  least?: number
}

/** What is to be paid, in yuan. */
export function toPay(total: number, coupon?: Coupon): string {
  const reduced = coupon && total >= (coupon.least ?? 0) ? total - coupon.value : total
  return (Math.max(reduced, 0) / 100).toFixed(2)
}

/** The coupons that the person has, asked for once a day. */
export async function coupons(): Promise<Coupon[]> {
  const kept = Taro.getStorageSync('coupons')
  if (kept && Date.now() - kept.at < 86_400_000) return kept.list
  const res = await Taro.request({ url: 'https://shop.example/coupons' })
  if (res.statusCode !== 200) {
    Taro.showToast({ title: `Error ${res.statusCode}`, icon: 'none' })
    return kept ? kept.list : []
  }
  Taro.setStorageSync('coupons', { at: Date.now(), list: res.data })
  return res.data
}
