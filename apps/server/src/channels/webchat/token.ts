/** The visitor's token: random, naming its channel; kept by the page, stored here only as a hash, and only once there is a contact. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export interface VisitorToken {
  channelId: string
  /** What the contact point keeps. */
  hash: string
  /** Made by this installation; a stored hash proves as much, also after the secret has changed. */
  sealed: boolean
}

const PREFIX = 'evt_'
const CHANNEL = 16
const SECRET = 32
const SEAL = 16

/** 256 random bits. The seal lets us know our own token before anything is stored, so that opening a chat writes nothing. */
export function makeToken(channelId: string, secret: string): string {
  const body = Buffer.concat([Buffer.from(channelId.replaceAll('-', ''), 'hex'), randomBytes(SECRET)])
  return PREFIX + Buffer.concat([body, seal(body, secret)]).toString('base64url')
}

/** Undefined when it cannot be one of ours. */
export function readToken(token: string, secret: string): VisitorToken | undefined {
  if (!token.startsWith(PREFIX) || !/^[\w-]{86}$/.test(token.slice(PREFIX.length))) return undefined
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url')
  if (bytes.length !== CHANNEL + SECRET + SEAL) return undefined
  const body = bytes.subarray(0, CHANNEL + SECRET)
  const hex = bytes.subarray(0, CHANNEL).toString('hex')
  return {
    channelId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    hash: createHash('sha256').update(token).digest('hex'),
    sealed: timingSafeEqual(bytes.subarray(CHANNEL + SECRET), seal(body, secret)),
  }
}

const seal = (body: Buffer, secret: string): Buffer =>
  createHmac('sha256', secret).update('visitor token\0').update(body).digest().subarray(0, SEAL)
