/** Tests each part between this screen and the database on its own, so that the broken one has a name. */
import { call, type Frame, readStream } from '@earshot/client'
import { follow, getMe, pollLive } from '@earshot/contracts'
import { Hello } from '@earshot/contracts/schemas'

export const PARTS = ['server', 'database', 'session', 'stream', 'commands', 'catchUp', 'clock'] as const
export type Part = (typeof PARTS)[number]

export type Verdict = 'ok' | 'warn' | 'bad' | 'skipped'
export type Finding = { verdict: Verdict; say: Say; tookMs: number | null }
export type Say =
  | 'fine'
  | 'slow'
  | 'unreachable'
  | 'starting'
  | 'signedOut'
  | 'held'
  | 'noStream'
  | 'cut'
  | 'refused'
  | 'clockOff'
  | 'untested'

/** What later probes need from earlier ones. */
export type Known = { hello?: Hello; helloAt?: number; closeStream?: () => void }

const SLOW_MS = 1_000
/** A proxy that buffers holds the greeting back; an honest line delivers it at once. */
const HELD_MS = 2_000
const PATIENCE_MS = 12_000
const CLOCK_OFF_MS = 60_000

export const PROBES: Record<Part, (known: Known) => Promise<Finding>> = {
  server: () => asked('/healthz', 'unreachable'),
  database: () => asked('/readyz', 'starting'),
  session: () => timed(() => call(getMe), 'signedOut'),
  stream: probeStream,
  commands: async ({ hello }) => {
    if (!hello) return untested
    return timed(() => call(follow, { body: { streamId: hello.streamId, conversationIds: [] } }), 'refused')
  },
  catchUp: async ({ hello }) => {
    if (!hello) return untested
    return timed(() => call(pollLive, { query: { cursor: hello.cursor } }), 'refused')
  },
  clock: async ({ hello, helloAt }) => {
    if (!hello || helloAt === undefined) return untested
    const off = Math.abs(helloAt - Date.parse(hello.serverTime))
    return { verdict: off > CLOCK_OFF_MS ? 'warn' : 'ok', say: off > CLOCK_OFF_MS ? 'clockOff' : 'fine', tookMs: off }
  },
}

const untested: Finding = { verdict: 'skipped', say: 'untested', tookMs: null }

async function timed(work: () => Promise<unknown>, failure: Say): Promise<Finding> {
  const start = performance.now()
  try {
    await work()
    const tookMs = performance.now() - start
    return tookMs > SLOW_MS ? { verdict: 'warn', say: 'slow', tookMs } : { verdict: 'ok', say: 'fine', tookMs }
  } catch {
    return { verdict: 'bad', say: failure, tookMs: performance.now() - start }
  }
}

const asked = (path: string, failure: Say) =>
  timed(async () => {
    const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok) throw new Error(String(response.status))
  }, failure)

/** Opens a stream of its own and waits for the greeting; the stream stays open for the probes after it. */
function probeStream(known: Known): Promise<Finding> {
  const start = performance.now()
  const abort = new AbortController()
  known.closeStream = () => abort.abort()
  return new Promise((resolve) => {
    const onFrame = (frame: Frame) => {
      if (frame.event !== 'hello') return
      known.hello = Hello.parse(JSON.parse(frame.data))
      known.helloAt = Date.now()
      const tookMs = performance.now() - start
      resolve(tookMs > HELD_MS ? { verdict: 'bad', say: 'held', tookMs } : { verdict: 'ok', say: 'fine', tookMs })
    }
    readStream({ url: '/api/v1/live', signal: abort.signal, firstByteMs: PATIENCE_MS, onFrame }).then(
      ({ why }) =>
        resolve({
          verdict: 'bad',
          say: why === 'slow' || why === 'idle' ? 'held' : why === 'refused' ? 'noStream' : 'cut',
          tookMs: performance.now() - start,
        }),
      () => resolve({ verdict: 'bad', say: 'cut', tookMs: performance.now() - start }),
    )
  })
}

export type Findings = Partial<Record<Part, Finding>>

/** The first broken part names the problem: what stands behind it in the line cannot work either. */
export function worstOf(findings: Findings): Part | null {
  const first = (verdict: Verdict) => PARTS.find((part) => findings[part]?.verdict === verdict)
  return first('bad') ?? first('warn') ?? null
}
