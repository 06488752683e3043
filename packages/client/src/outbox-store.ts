/** Keeps an outbox in storage, side by side with the outboxes of other tabs on the same storage. */

export interface Outgoing<Body> {
  /** Goes along with every try, so that the server stores the message once. */
  key: string
  body: Body
  at: number
  /** `failed`: the server refused it, and will again until a person decides. */
  state: 'waiting' | 'sending' | 'failed'
  /** Why it failed. */
  code?: string
}

/** Where the outbox survives a reload; `localStorage` behind two functions, for example. */
export interface OutboxStorage {
  get: () => string | null | Promise<string | null>
  set: (value: string) => void | Promise<void>
}

/** Hands over what was left there, at once when the storage answers at once; returns how to save. */
export function keepIn<Body>(
  storage: OutboxStorage | undefined,
  onLeft: (left: Outgoing<Body>[]) => void,
): (messages: readonly Outgoing<Body>[]) => void {
  if (!storage) return () => {}
  const own = new Set<string>()
  const take = (text: string | null) => {
    const left = parse<Body>(text)
    // Whether one under way arrived nobody knows; its key makes sending it again safe.
    if (left.length > 0) onLeft(left.map((m) => (m.state === 'sending' ? { ...m, state: 'waiting' } : m)))
  }
  const joined = (stored: string | null, messages: readonly Outgoing<Body>[]) =>
    JSON.stringify([...parse<Body>(stored).filter((m) => !own.has(m.key)), ...messages])
  // Storage may be full or forbidden; then messages still go out, they only do not survive a reload.
  const ignore = () => {}
  let last: Promise<void> = Promise.resolve()
  try {
    const text = storage.get()
    if (text instanceof Promise) last = text.then(take).catch(ignore)
    else take(text)
  } catch {
    ignore()
  }
  return (messages) => {
    for (const { key } of messages) own.add(key)
    try {
      const stored = storage.get()
      // In one breath where the storage allows it: no other page can come between, and no death of this one.
      if (!(stored instanceof Promise)) last = Promise.resolve(storage.set(joined(stored, messages))).catch(ignore)
      else last = last.then(async () => storage.set(joined(await storage.get(), messages))).catch(ignore)
    } catch {
      ignore()
    }
  }
}

function parse<Body>(text: string | null): Outgoing<Body>[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter((m) => typeof m?.key === 'string') : []
  } catch {
    return []
  }
}
