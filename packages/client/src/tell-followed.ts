/** Tells the server which conversations a stream shows, as often as it takes. */
import { backOff } from './clock.ts'
import type { Door } from './door.ts'

export interface TellFollowed {
  /** A stream was asked for with these in its address. */
  asked: (ids: readonly string[]) => void
  /** It is open and has a name. */
  opened: (streamId: string) => void
  changed: (ids: readonly string[]) => void
  closed: () => void
}

export function tellFollowed(door: Door): TellFollowed {
  const { clock, fetch: send } = door
  let wanted: readonly string[] = []
  let told = ''
  let stream: string | undefined
  let telling = false
  let cancelWait: (() => void) | undefined

  const tell = async (failures = 0): Promise<void> => {
    cancelWait?.()
    cancelWait = undefined
    const to = stream
    const list = wanted.join()
    if (telling || to === undefined || list === told) return
    telling = true
    const sound = await post(send, door, to, wanted)
    telling = false
    if (stream !== to) return tell()
    if (sound) {
      told = list
      return tell()
    }
    cancelWait = clock.after(backOff(failures + 1, clock), () => void tell(failures + 1))
  }

  return {
    asked(ids) {
      wanted = ids
      told = ids.join()
    },
    opened(streamId) {
      stream = streamId
      void tell()
    },
    changed(ids) {
      wanted = ids
      void tell()
    },
    closed() {
      stream = undefined
      cancelWait?.()
    },
  }
}

/** True when there is nothing to repeat: told, or the stream is unknown and its end will reach us. */
async function post(send: typeof fetch, door: Door, streamId: string, conversationIds: readonly string[]) {
  const headers = { 'content-type': 'application/json', ...door.headers?.() }
  const body = JSON.stringify({ streamId, conversationIds })
  try {
    const response = await send(door.followUrl, { method: 'POST', headers, body, credentials: 'same-origin' })
    await response.body?.cancel()
    return response.ok || (response.status >= 400 && response.status < 500 && response.status !== 429)
  } catch {
    return false
  }
}
