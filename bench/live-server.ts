/** A node under the live bench. `raw` instead of settings: a plain server that writes the chunk it is told to all its readers. */
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { pino } from 'pino'
import { startApp } from '../apps/server/src/app.ts'
import type { AppConfig } from '../apps/server/src/services.ts'

const given = process.argv[2]!
if (given === 'raw') {
  const readers = new Set<Socket>()
  const server = createServer((_request, response) => {
    response.useChunkedEncodingByDefault = false
    response.shouldKeepAlive = false
    response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' })
    response.flushHeaders()
    readers.add(response.socket!)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
  process.on('message', ({ text }: { text: string }) => {
    const chunk = Buffer.from(text)
    for (const reader of readers) reader.write(chunk)
  })
  process.on('disconnect', () => process.exit(0))
} else {
  const app = await startApp(JSON.parse(given) as AppConfig, pino({ level: 'silent' }))
  process.send?.(Number(new URL(app.url).port))
  process.on('disconnect', () => void app.stop().then(() => process.exit(0)))
}
