/** A push service as browsers have one: takes pushes, checks who sends them, and reads them with the browser's keys. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestBrowser {
  endpoint: string
  keys: { p256dh: string; auth: string }
  read(body: Buffer): unknown
}

/** Its own half of RFC 8291, written apart from the sender's. */
export function makeBrowser(origin: string): TestBrowser {
  const ecdh = createECDH('prime256v1')
  const point = ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    endpoint: `${origin}/to/${randomBytes(8).toString('hex')}`,
    keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    read(body) {
      const [salt, sender] = [body.subarray(0, 16), body.subarray(21, 21 + body[20]!)]
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, sender])
      const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32))
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16))
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12))
      const sealed = body.subarray(21 + sender.length)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
      if (plain.at(-1) !== 2) throw new Error('the last record does not end with 2')
      return JSON.parse(plain.subarray(0, -1).toString('utf8'))
    },
  }
}

export interface Taken {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface PushStandIn {
  origin: string
  taken: Taken[]
  /** The status of the next answers; 201 afterwards. */
  answers: number[]
  stop(): Promise<void>
}

export async function startPushStandIn(): Promise<PushStandIn> {
  const taken: Taken[] = []
  const answers: number[] = []
  const server: Server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const status = answers.shift() ?? 201
      if (status === 201) taken.push({ path: request.url!, headers: request.headers, body: Buffer.concat(parts) })
      reply.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, taken, answers, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** The claims of a VAPID header, if its signature holds under the key that it names. */
export function readVapid(header: string): { claims: { aud: string; exp: number; sub: string }; key: string } {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  const [head, claims, signature] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature!, 'base64url'),
  )
  if (!holds) throw new Error('the signature does not hold')
  return { claims: JSON.parse(Buffer.from(claims!, 'base64url').toString()), key }
}
