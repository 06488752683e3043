/** What an API key looks like, and what of it is kept: its first characters to recognise it by, and a hash to find it by. */
import { createHash, randomBytes } from 'node:crypto'

const PREFIX = 'esk_'
const SHOWN = 10

export interface NewKey {
  key: string
  start: string
  hash: Buffer
}

/** 256 random bits: a plain hash is enough, since there is nothing to guess. */
export function makeKey(): NewKey {
  const key = PREFIX + randomBytes(32).toString('base64url')
  return { key, start: key.slice(0, SHOWN), hash: hashKey(key) }
}

export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** The key of an `Authorization` header: undefined without one, null when it holds something else. */
export function readKey(authorization: string | undefined): string | null | undefined {
  if (authorization === undefined) return undefined
  return /^Bearer (esk_[\w-]{20,100})$/i.exec(authorization)?.[1] ?? null
}
