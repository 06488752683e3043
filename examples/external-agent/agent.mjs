/** An agent that lives elsewhere, complete: checks who asks, answers word by word, and calls a person when it cannot help. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { EARSHOT_SIGNING_SECRET = '', PORT = '4000' } = process.env
const key = Buffer.from(EARSHOT_SIGNING_SECRET.replace(/^whsec_/, ''), 'base64')

/** Standard Webhooks: one of the signatures fits id, time and body, and the time is of now. */
function isSigned(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
  const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`)
  const fits = (given) => given.length === wanted.length && timingSafeEqual(Buffer.from(given), wanted)
  return Math.abs(Date.now() / 1000 - Number(time)) < 300 && signatures.split(' ').some(fits)
}

/** Put your own brain here: `messages` is the conversation, oldest first, and the last one wants an answer. */
async function* think({ messages, contact }) {
  yield `Hello${contact?.name ? ` ${contact.name}` : ''}, `
  for (const word of `you said: ${messages.at(-1).text}`.split(' ')) yield `${word} `
}

const server = createServer(async (request, reply) => {
  const body = (await request.toArray()).join('')
  if (!isSigned(request.headers, body)) return reply.writeHead(401).end('The signature is wrong.')
  const { data } = JSON.parse(body)
  if (/\b(human|person)\b/i.test(data.messages.at(-1).text)) {
    reply.writeHead(200, { 'content-type': 'application/json' })
    return reply.end(JSON.stringify({ handoff: { reason: 'They asked for a person.' } }))
  }
  reply.writeHead(200, { 'content-type': 'text/event-stream' })
  for await (const text of think(data)) reply.write(`event: delta\ndata: ${JSON.stringify({ text })}\n\n`)
  reply.end('event: done\ndata: {}\n\n')
})
server.listen(Number(PORT), () => console.log(`answering on port ${server.address().port}`))
