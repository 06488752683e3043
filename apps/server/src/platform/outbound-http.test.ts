/** The guarded door: what it refuses to call, and the bounds of what it calls. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressGuard } from './outbound-addresses.ts'
import { OutboundRefused, outboundFetch } from './outbound-http.ts'

const REFUSED = `
  127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 127.255.255.254 0 0.0.0.0 0.1.2.3
  10.0.0.1 10.255.255.255 167772161 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.254 3232235521
  169.254.169.254 169.254.0.1 2852039166 0xa9fea9fe 100.64.0.1 100.100.100.200 100.127.255.255
  192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
  224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
  [0:0:0:0:0:ffff:192.168.0.1] [::127.0.0.1] [::10.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::169.254.169.254] [64:ff9b:1::1]
  [2002:7f00:1::] [2002:a9fe:a9fe::] [2001::1] [2001:0:53aa:64c::1] [fc00::1] [fd00::1] [fd00:ec2::254] [fe80::1] [febf::1] [fec0::1]
  [ff02::1] [ff05::1:3] [100::1] [2001:db8::1] [2001:10::1] [2001:20::1] [3fff::1] [5f00::1] [4000::1] [1000::1]
`
  .trim()
  .split(/\s+/)

const CALLABLE = [
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '::ffff:8.8.8.8',
]

let server: Server
let port: number
let handle: RequestListener = (_, reply) => reply.end('ok')
let calls = 0
beforeAll(async () => {
  server = createServer((request, reply) => {
    calls++
    handle(request, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('addresses', () => {
  const door = outboundFetch({ allowed: [] })

  test('the corpus is as large as was promised', () => expect(REFUSED.length).toBeGreaterThanOrEqual(60))

  test.each(REFUSED)('%s is refused without a connection', async (host) => {
    const before = calls
    const error = await door(`http://${host}:${port}/`).catch((e) => e)
    expect(error).toBeInstanceOf(OutboundRefused)
    expect(error.message).toBe('This address may not be called from here.')
    expect(calls).toBe(before)
  })

  test.each(CALLABLE)('%s is public', (address) => expect(addressGuard([])(address)).toBe(true))

  test.each([
    'http://user:secret@8.8.8.8/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'unix:/tmp/socket',
    'data:text/plain,hello',
  ])('%s is refused', async (address) => {
    await expect(door(address)).rejects.toThrow()
  })

  test.each(['localhost', 'LOCALHOST', 'LocalHost'])('%s is refused for what it means', async (host) => {
    await expect(door(`http://${host}:${port}/`)).rejects.toThrow(OutboundRefused)
  })

  test('a name with one private address among public ones is refused', async () => {
    const resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]
    await expect(outboundFetch({ allowed: [], resolve })('http://two.example/')).rejects.toThrow(OutboundRefused)
  })

  test('a name is asked for once a call: it cannot change its meaning between check and connection', async () => {
    let asked = 0
    const resolve = async () => {
      asked++
      return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    }
    const answer = await outboundFetch({ allowed: ['127.0.0.0/8'], resolve })(`http://rebinding.example:${port}/`)
    expect([answer.status, asked]).toEqual([200, 1])
  })

  test('networks that the installation allows are callable, others are not', async () => {
    const local = outboundFetch({ allowed: ['127.0.0.1/32'] })
    expect(await (await local(`http://127.0.0.1:${port}/`)).text()).toBe('ok')
    expect(await (await local(`http://[::ffff:127.0.0.1]:${port}/`)).text()).toBe('ok')
    await expect(local(`http://127.0.0.2:${port}/`)).rejects.toThrow(OutboundRefused)
  })
})

describe('bounds', () => {
  const door = (options = {}) => outboundFetch({ allowed: ['127.0.0.0/8'], ...options })
  const url = () => `http://127.0.0.1:${port}/`

  test('a request arrives as it was given', async () => {
    handle = async (request, reply) => {
      const body = (await request.toArray()).join('')
      reply.end(
        JSON.stringify({
          method: request.method,
          type: request.headers['content-type'],
          auth: request.headers.authorization,
          body,
        }),
      )
    }
    const answer = await door()(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
      body: '{"ä":1}',
    })
    expect(await answer.json()).toEqual({ method: 'POST', type: 'application/json', auth: 'Bearer k', body: '{"ä":1}' })
  })

  test('a redirect is not followed', async () => {
    let second = 0
    handle = (request, reply) => {
      if (request.url === '/inside') second++
      reply.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end()
    }
    await expect(door()(url())).rejects.toMatchObject({ reason: 'redirect' })
    expect(second).toBe(0)
  })

  test('an answer that is too large is cut off', async () => {
    handle = (_, reply) => {
      const push = () => {
        while (reply.write(Buffer.alloc(64 * 1024))) {}
        reply.once('drain', push)
      }
      push()
    }
    const answer = await door({ maxBytes: 300_000 })(url())
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('a compressed answer, which may be a bomb, is refused', async () => {
    handle = (_, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    await expect(door()(url())).rejects.toMatchObject({ reason: 'encoding' })
  })

  test('silence before the head and a body without end both run out', async () => {
    handle = () => {}
    await expect(door({ headTimeoutMs: 30 })(url())).rejects.toMatchObject({ reason: 'timeout' })
    handle = (_, reply) => reply.write('a')
    const answer = await door({ totalTimeoutMs: 50 })(url())
    await expect(answer.text()).rejects.toThrow()
  })

  test('aborting ends the connection', async () => {
    const closed = new Promise<void>((resolve) => {
      handle = (request, reply) => {
        request.socket.on('close', () => resolve())
        reply.write('a')
      }
    })
    const controller = new AbortController()
    const answer = await door()(url(), { signal: controller.signal })
    controller.abort()
    await expect(answer.text()).rejects.toThrow()
    await closed
  })

  test('an answer cut in the middle is an error, not a short answer', async () => {
    handle = (_, reply) => {
      reply.writeHead(200, { 'content-length': '100' }).write('half')
      setImmediate(() => reply.socket?.destroy())
    }
    const answer = await door()(url())
    await expect(answer.text()).rejects.toThrow()
  })
})
