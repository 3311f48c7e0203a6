import { PAGE_SIZE } from '@/constants'
import type { Page, Tea } from '@/types'
import { request } from './request'

/** The teas, page by page: each is asked for once, however often a list is at its end. */
export class TeaList {
  teas: Tea[] = []
  isLast = false
  private loading: Promise<void> | null = null

  next(): Promise<void> {
    if (this.isLast) return Promise.resolve()
    if (!this.loading) {
      this.loading = this.load().finally(() => {
        this.loading = null
      })
    }
    return this.loading
  }

  /** Begins anew, as pulling the list down does. */
  async refresh(): Promise<void> {
    this.teas = []
    this.isLast = false
    await this.next()
  }

  /** Those whose names have the text, whatever its case. */
  search(text: string): Tea[] {
    const wanted = text.trim().toLowerCase()
    return this.teas.filter(({ name }) => name.toLowerCase().includes(wanted))
  }

  private async load(): Promise<void> {
    const query = `skip=${this.teas.length}&count=${PAGE_SIZE}`
    const { list, more } = await request<Page<Tea>>(`/teas?${query}`)
    this.teas = [...this.teas, ...list]
    this.isLast = !more
  }
}
