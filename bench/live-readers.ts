/** Many dashboards in one process: each reads its stream; told when the last of them has seen a mark. */
import { Agent, get } from 'node:http'

interface Order {
  port: number
  path: string
  key: string
  count: number
}
const { port, path, key, count } = JSON.parse(process.argv[2]!) as Order
const agent = new Agent({ keepAlive: true, maxSockets: count })
const seen = new Map<string, number>()
let chunk = ''
let open = 0

for (let i = 0; i < count; i++) {
  get({ agent, port, path, host: '127.0.0.1', headers: { authorization: `Bearer ${key}` } }, (answer) => {
    let tail = ''
    if (++open === count) process.send?.({ open })
    answer.on('data', (data: Buffer) => {
      if (i === 0) chunk = data.toString()
      const text = tail + data.toString('latin1')
      for (const [mark] of text.matchAll(/~mark\d+~/g)) note(mark)
      tail = text.slice(-12).includes('~mark') ? text.slice(-12) : ''
    })
  }).on('error', () => {})
}

function note(mark: string): void {
  const readers = (seen.get(mark) ?? 0) + 1
  seen.set(mark, readers)
  if (readers === count) process.send?.({ mark, at: performance.timeOrigin + performance.now(), chunk })
}
process.on('disconnect', () => process.exit(0))
