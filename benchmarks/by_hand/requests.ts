interface Answer {
  statusCode: number
  data: { code: number; result?: { id: number; name: string }; message?: string }
}

async function send(id: number): Promise<Answer> {
  if (id % 5 === 0) return { statusCode: 200, data: { code: 7, message: 'sold out' } }
  return { statusCode: id % 7 === 0 ? 500 : 200, data: { code: 0, result: { id, name: `tea ${id}` } } }
}

export async function get(id: number): Promise<string> {
  const { statusCode, data } = await send(id)
  if (statusCode !== 200) throw new Error(`status ${statusCode}`)
  if (data.code !== 0) throw new Error(data.message || 'unknown')
  return data.result ? data.result.name : ''
}

export async function run(): Promise<string[]> {
  const found: string[] = []
  for (let id = 1; id <= 20; id++) {
    try {
      found.push(await get(id))
    } catch (error: any) {
      found.push(`no: ${error.message}`)
    }
  }
  return found
}
