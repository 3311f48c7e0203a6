import Taro from '@tarojs/taro'
import { Key, Topic } from '@/constants'
import { ApiError, request } from './request'

let signingIn: Promise<string> | null = null

/** The token that is kept, else that of a new login. */
export async function getToken(): Promise<string> {
  const kept = Taro.getStorageSync(Key.Token)
  return kept || signIn()
}

/** A new token. Who asks for one meanwhile shares the login. */
export function signIn(): Promise<string> {
  if (!signingIn) {
    signingIn = logIn().finally(() => {
      signingIn = null
    })
  }
  return signingIn
}

async function logIn(): Promise<string> {
  const { code } = await Taro.login()
  const { token } = await request<{ token: string }>('/login', {
    method: 'POST',
    data: { platform: Taro.getEnv(), code },
  })
  Taro.setStorageSync(Key.Token, token)
  return token
}

/** What comes of `send` with a token; with a new one if the backend does not take the first. */
export async function signedIn<T>(send: (token: string) => Promise<T>): Promise<T> {
  try {
    return await send(await getToken())
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    Taro.removeStorageSync(Key.Token)
    return send(await signIn())
  }
}

export function signOut(): void {
  Taro.removeStorageSync(Key.Token)
  Taro.eventCenter.trigger(Topic.SignedOut)
}
