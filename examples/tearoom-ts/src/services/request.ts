import Taro from '@tarojs/taro'
import { API } from '@/constants'

export interface Options {
  method?: 'GET' | 'POST'
  data?: Record<string, unknown>
  token?: string
  /** What the user reads meanwhile; nothing, if there is none. */
  loading?: string
}

/** What the backend says when it does not do what it is asked. */
export class ApiError extends Error {
  status: number

  constructor(message: string, status: number) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

/**
 * Asks the backend.
 *
 * Whatever fails is an `ApiError`, and the text of it is one for people.
 */
export async function request<T>(path: string, { method = 'GET', data, token, loading }: Options = {}): Promise<T> {
  if (loading) Taro.showLoading({ title: loading, mask: true })
  try {
    const res = await Taro.request({
      url: `${API}${path}`,
      method,
      data,
      header: token ? { Authorization: `Bearer ${token}` } : {},
    })
    if (res.statusCode >= 400) {
      throw new ApiError(res.data?.message ?? 'the tea room is closed', res.statusCode)
    }
    return res.data
  } catch (error) {
    if (error instanceof ApiError) throw error
    // the network's own failures have an errMsg
    throw new ApiError(error.errMsg.includes('timeout') ? 'the tea room takes too long' : 'no connection', 0)
  } finally {
    if (loading) Taro.hideLoading()
  }
}
