import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What a request gives, asked for when the page comes and when it is pulled down. */
export function useRequest<T>(url: string) {
  const [data, setData] = useState<T>()
  const [loading, setLoading] = useState(true)
  const alive = useRef(true)

  const load = useCallback(async () => {
    setLoading(true)
    const res = await Taro.request({ url })
    if (!alive.current) return
    setData(res.data)
    setLoading(false)
  }, [url])

  useEffect(() => {
    alive.current = true
    load()
    return () => {
      alive.current = false
    }
  }, [load])

  usePullDownRefresh(async () => {
    await load()
    Taro.stopPullDownRefresh()
  })

  return { data, loading, load }
}

/** How often the page was shown. */
export const useVisits = () => {
  const [visits, setVisits] = useState(0)
  useDidShow(() => setVisits(visits + 1))
  return visits
}
