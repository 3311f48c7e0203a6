import Taro from '@tarojs/taro'
import dayjs from 'dayjs'
import { isWeapp } from '@/utils/env'

const account = Taro.getAccountInfoSync()

export async function signIn(): Promise<string> {
  if (isWeapp) await Taro.checkSession()
  const { code } = await Taro.login()
  return code
}

export async function pay(order: { id: string; prepay: Taro.requestPayment.Option }) {
  try {
    await Taro.requestPayment(order.prepay)
    Taro.showToast({ title: dayjs().format('HH:mm') })
  } catch (err) {
    if (err.errMsg === 'requestPayment:cancel') return
    report({ ...err, app: account.miniProgram.appId })
  }
}

function report(fields: object) {
  Taro.atMessage({ message: JSON.stringify(fields), type: 'error' })
}
