//: plain_get("/teas")
//: failing("/broken")
//: failing("/offline")
//: expired(1)
//: expired(3)
//: refresh_denied()
//: with_query({"page": 2, "q": "green tea", "none": null})
//: interceptor_order()
// Requests of a shop: a base address, a token that is renewed once for all who wait, interceptors, and one way to fail.

export interface Options {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  data?: Record<string, any>
  header?: Record<string, string>
  /** Whether the token goes with it; it does by default. */
  auth?: boolean
}

export interface Answer<T = any> {
  statusCode: number
  data: T
  header?: Record<string, string>
}

type Send = (options: Options) => Promise<Answer>
type Next = (options: Options) => Promise<Answer>
export type Interceptor = (options: Options, next: Next) => Promise<Answer>

const BASE = 'https://shop.example/api'

/** What a request fails with: `code` is the server's own, or 0 where there is none. */
export class RequestError extends Error {
  code: number
  status: number

  constructor(message: string, code = 0, status = 0) {
    super(message)
    this.name = 'RequestError'
    this.code = code
    this.status = status
  }
}

export class Client {
  private token = ''
  private refreshing: Promise<string> | null = null
  private interceptors: Interceptor[] = []
  /** How often the token was renewed. */
  renewals = 0

  constructor(
    private send: Send,
    private renew: () => Promise<string>,
  ) {}

  use(interceptor: Interceptor): this {
    this.interceptors.push(interceptor)
    return this
  }

  async get<T = any>(url: string, query?: Record<string, any>): Promise<T> {
    return this.request<T>({ url: url + toQuery(query) })
  }

  async post<T = any>(url: string, data: Record<string, any> = {}): Promise<T> {
    return this.request<T>({ url, data, method: 'POST' })
  }

  async request<T = any>(options: Options): Promise<T> {
    const answer = await this.chained({ method: 'GET', auth: true, ...options, url: BASE + options.url })
    return unwrapped<T>(answer)
  }

  // the last interceptor is the innermost one
  private chained(options: Options): Promise<Answer> {
    const last: Next = (each) => this.authorized(each)
    const chain = this.interceptors.reduceRight<Next>((next, each) => (given) => each(given, next), last)
    return chain(options)
  }

  private async authorized(options: Options): Promise<Answer> {
    if (!options.auth) return this.send(options)
    const answer = await this.send(this.signed(options))
    if (answer.statusCode !== 401) return answer
    // whoever comes meanwhile waits for the same token
    if (!this.refreshing) {
      this.refreshing = this.renewed().finally(() => {
        this.refreshing = null
      })
    }
    await this.refreshing
    return this.send(this.signed(options))
  }

  private async renewed(): Promise<string> {
    this.renewals += 1
    this.token = await this.renew()
    return this.token
  }

  private signed(options: Options): Options {
    const header = { ...options.header, Authorization: `Bearer ${this.token || 'none'}` }
    return { ...options, header }
  }
}

function unwrapped<T>(answer: Answer): T {
  const { statusCode, data } = answer
  if (statusCode < 200 || statusCode >= 300) {
    throw new RequestError(data?.message ?? `status ${statusCode}`, data?.code, statusCode)
  }
  if (data && data.code !== undefined && data.code !== 0) {
    throw new RequestError(data.message || 'unknown', data.code, statusCode)
  }
  return data?.result ?? data
}

/** `?a=1&b=2`; what is null or undefined is left out. */
export function toQuery(query: Record<string, any> = {}): string {
  const parts = Object.keys(query)
    .filter((key) => query[key] !== undefined && query[key] !== null)
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(query[key])}`)
  return parts.length ? `?${parts.join('&')}` : ''
}

// --- a server that is made up ---

function server(valid: string, seen: string[]): Send {
  return async (options) => {
    seen.push(`${options.method} ${options.url.replace(BASE, '')} ${options.header?.Authorization ?? '-'}`)
    await Promise.resolve()
    if (options.url.endsWith('/offline')) throw { errMsg: 'request:fail timeout' }
    if (options.url.endsWith('/broken')) return { statusCode: 502, data: null }
    if (options.auth && options.header?.Authorization !== `Bearer ${valid}`) {
      return { statusCode: 401, data: { message: 'who?' } }
    }
    if (options.url.endsWith('/sold-out')) return { statusCode: 200, data: { code: 17, message: 'sold out' } }
    return { statusCode: 200, data: { code: 0, result: { url: options.url, sent: options.data ?? null } } }
  }
}

export async function plain_get(url: string) {
  const seen: string[] = []
  const client = new Client(server('t1', seen), async () => 't1')
  return [await client.get(url), seen, client.renewals]
}

export async function failing(url: string) {
  const client = new Client(server('t1', []), async () => 't1')
  try {
    return await client.get(url)
  } catch (error: any) {
    if (error instanceof RequestError) return ['request', error.name, error.message, error.code, error.status]
    return ['other', error.errMsg]
  }
}

export async function expired(count: number) {
  const seen: string[] = []
  const client = new Client(server('t2', seen), async () => {
    await Promise.resolve()
    return 't2'
  })
  const urls = Array.from({ length: count }, (_, index) => `/orders/${index}`)
  const answers = await Promise.all(urls.map((url) => client.post(url, { url })))
  return [answers.map((each) => each.sent.url), client.renewals, seen.length]
}

export async function refresh_denied() {
  const client = new Client(server('t3', []), () => Promise.reject({ errMsg: 'login:fail auth deny' }))
  const outcomes = await Promise.allSettled([client.get('/a'), client.get('/b')])
  return outcomes.map((each) => (each.status === 'rejected' ? each.reason.errMsg : each.value))
}

export const with_query = (query: Record<string, any>) => [toQuery(query), toQuery({}), toQuery()]

export async function interceptor_order() {
  const log: string[] = []
  const client = new Client(server('t1', []), async () => 't1')
  const named = (name: string): Interceptor => async (options, next) => {
    log.push(`${name}>`)
    const answer = await next({ ...options, header: { ...options.header, [`X-${name}`]: '1' } })
    log.push(`<${name} ${answer.statusCode}`)
    return answer
  }
  client.use(named('a')).use(named('b'))
  await client.get('/sold-out').catch((error) => log.push(`${error.code}: ${error.message}`))
  return log
}
