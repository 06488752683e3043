/** The outbox: everything typed reaches the server, in order, once. */
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'
import type { Outgoing } from './outbox-store.ts'
import { eventually } from './test/eventually.ts'
import { manualClock } from './test/manual-clock.ts'

vi.setConfig({ testTimeout: 30_000 })

const opened: Outbox<string>[] = []
afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.close()
})
function open(options: OutboxOptions<string, unknown>) {
  const outbox = new Outbox<string>(options)
  opened.push(outbox)
  return outbox
}

/** Storage that outlives its outboxes. */
function memory() {
  let text: string | null = null
  return {
    get: () => text,
    set: (value: string) => {
      text = value
    },
    kept: () => (JSON.parse(text ?? '[]') as Outgoing<string>[]).map((m) => m.body),
  }
}

/** A server that stores a key once, and may lose the acknowledgement. */
function server() {
  const stored = new Map<string, string>()
  return {
    stored: () => [...stored.values()],
    send: async ({ key, body }: Outgoing<string>) => {
      if (!stored.has(key)) stored.set(key, body)
    },
  }
}
const refusal = (status: number, code: string, retryAfterMs?: number) =>
  new ApiError({ status, code, title: '', retryAfterMs })
const offline = () => refusal(0, 'network')
const states = (outbox: Outbox<string>) => outbox.messages().map((m) => [m.body, m.state])

test('messages go out in order, one at a time, and are told when they arrive', async () => {
  const { send, stored } = server()
  const sent: string[] = []
  let running = 0
  const outbox = open({
    send: async (message) => {
      running += 1
      expect(running).toBe(1)
      await send(message)
      running -= 1
    },
    onSent: (m) => sent.push(m.body),
  })
  for (const body of ['a', 'b', 'c']) outbox.add(body)
  await eventually(() => expect(sent).toEqual(['a', 'b', 'c']))
  expect(stored()).toEqual(['a', 'b', 'c'])
  expect(outbox.messages()).toEqual([])
})

test('the same key is one message', async () => {
  const { send, stored } = server()
  const outbox = open({ send })
  expect(outbox.add('a', 'k').key).toBe(outbox.add('again', 'k').key)
  await eventually(() => expect(stored()).toEqual(['a']))
})

test('offline, it waits longer each time, keeps the order, and goes at once when woken', async () => {
  const clock = manualClock()
  const { send, stored } = server()
  let down = true
  const outbox = open({
    clock,
    send: async (message) => {
      if (down) throw offline()
      await send(message)
    },
  })
  outbox.add('a')
  await eventually(() => expect(clock.planned()).toEqual([1000]))
  outbox.add('b')
  expect(states(outbox)).toEqual([
    ['a', 'waiting'],
    ['b', 'waiting'],
  ])
  clock.advance(1000)
  await eventually(() => expect(clock.planned()).toEqual([1500]))
  down = false
  outbox.wake()
  await eventually(() => expect(stored()).toEqual(['a', 'b']))
  expect(clock.planned()).toEqual([])
})

test('a busy server is given the time it asks for', async () => {
  const clock = manualClock()
  const answers = [refusal(429, 'request.rate_limited', 9000), refusal(503, 'unavailable')]
  const outbox = open({
    clock,
    send: async () => {
      const answer = answers.shift()
      if (answer) throw answer
    },
  })
  outbox.add('a')
  await eventually(() => expect(clock.planned()).toEqual([9000]))
  clock.advance(9000)
  await eventually(() => expect(clock.planned()).toEqual([1500]))
  clock.advance(1500)
  await eventually(() => expect(outbox.messages()).toEqual([]))
})

test('a refusal stays visible with its code, lets the next one pass, and may be sent again or discarded', async () => {
  const { send, stored } = server()
  let blocked = true
  const outbox = open({
    send: async (message) => {
      if (blocked && message.body.startsWith('bad')) throw refusal(409, 'conversation.blocked')
      await send(message)
    },
  })
  outbox.add('bad 1', 'k1')
  outbox.add('bad 2', 'k2')
  outbox.add('good')
  await eventually(() => expect(stored()).toEqual(['good']))
  expect(outbox.messages().map((m) => [m.state, m.code])).toEqual([
    ['failed', 'conversation.blocked'],
    ['failed', 'conversation.blocked'],
  ])
  blocked = false
  outbox.discard('k2')
  outbox.retry('k1')
  await eventually(() => expect(outbox.messages()).toEqual([]))
  expect(stored()).toEqual(['good', 'bad 1'])
})

test('a failed message is still there after a reload, with its code', async () => {
  const storage = memory()
  const first = open({ storage, send: async () => Promise.reject(refusal(413, 'request.too_large')) })
  first.add('long')
  await eventually(() => expect(first.messages()[0]?.state).toBe('failed'))
  await eventually(() => expect(storage.get()).toContain('failed'))
  first.close()
  const send = vi.fn()
  const second = open({ storage, send })
  expect(second.messages()).toMatchObject([{ body: 'long', state: 'failed', code: 'request.too_large' }])
  expect(send).not.toHaveBeenCalled()
})

test('a page that dies between sending and the answer sends again, and the server stores it once', async () => {
  const storage = memory()
  const { send, stored } = server()
  const first = open({
    storage,
    send: async (message) => {
      await send(message)
      await new Promise(() => {})
    },
  })
  first.add('a')
  first.add('b')
  await eventually(() => expect(storage.kept()).toEqual(['a', 'b']))
  await eventually(() => expect(stored()).toEqual(['a']))
  first.close()

  const tries: string[] = []
  const second = open({
    storage,
    send: async (message) => {
      tries.push(message.body)
      await send(message)
    },
  })
  await eventually(() => expect(second.messages()).toEqual([]))
  expect(tries).toEqual(['a', 'b'])
  expect(stored()).toEqual(['a', 'b'])
  await eventually(() => expect(storage.kept()).toEqual([]))
})

test('whatever fails and whenever the page dies, each message is stored once, in order', async () => {
  const step = fc.constantFrom('ok', 'lost before', 'lost after', 'die before', 'die after')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (plan) => {
      const storage = memory()
      const { send, stored } = server()
      const clock = manualClock()
      let outbox: Outbox<string>
      const start = () => open({ storage, clock, send: attempt })
      const attempt = async (message: Outgoing<string>) => {
        const happens = plan.shift() ?? 'ok'
        if (!happens.endsWith('before')) await send(message)
        if (happens.startsWith('lost')) throw offline()
        if (!happens.startsWith('die')) return
        outbox.close()
        outbox = start()
      }
      outbox = start()
      for (const body of ['a', 'b', 'c']) outbox.add(body)
      while (stored().length < 3 || outbox.messages().length > 0) {
        await new Promise((done) => setImmediate(done))
        clock.advance(30_000)
      }
      expect(stored()).toEqual(['a', 'b', 'c'])
    }),
    { numRuns: 200 },
  )
})

test('two pages on one storage do not take each other’s messages away', async () => {
  const storage = memory()
  const never = () => new Promise(() => {})
  const one = open({ storage, send: never })
  const two = open({ storage, send: never })
  one.add('from one')
  two.add('from two')
  await eventually(() => expect(storage.kept().sort()).toEqual(['from one', 'from two']))
})

test('storage that is slow, full or broken does not stop messages', async () => {
  const { send, stored } = server()
  const slow = open({
    send,
    storage: { get: async () => '[{"key":"old","body":"old","at":0,"state":"sending"}]', set: async () => {} },
  })
  const full = open({
    send,
    storage: {
      get: () => '{"not":"ours"}',
      set: () => {
        throw new Error('QuotaExceededError')
      },
    },
  })
  const forbidden = open({
    send,
    storage: {
      get: () => {
        throw new Error('SecurityError')
      },
      set: () => {},
    },
  })
  full.add('full')
  forbidden.add('forbidden')
  await eventually(() => expect(stored().sort()).toEqual(['forbidden', 'full', 'old']))
  await eventually(() => expect(slow.messages()).toEqual([]))
})

test('discarding one under way stops it and goes on with the next', async () => {
  const { send, stored } = server()
  const outbox = open({
    send: (message, signal) =>
      message.body === 'stuck'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(offline())))
        : send(message),
  })
  outbox.add('stuck', 'k')
  outbox.add('next')
  outbox.discard('k')
  await eventually(() => expect(outbox.messages()).toEqual([]))
  expect(stored()).toEqual(['next'])
})
