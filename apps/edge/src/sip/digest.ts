/** Digest authentication (RFC 7616, RFC 8760): ours when we are asked, and theirs when we ask. MD5 and SHA-256, `auth` only. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SipRequest, SipResponse } from './message.ts'
import { splitList } from './parse.ts'

export interface Login {
  user: string
  password: string
}

const HASHES: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256' }

const hash = (algorithm: string, text: string) =>
  createHash(HASHES[algorithm] ?? 'md5')
    .update(text)
    .digest('hex')

/** `Digest a="b", c=d`; null when it is something else. */
export function readDigest(value: string): Map<string, string> | null {
  if (!/^Digest\s/i.test(value)) return null
  const fields = new Map<string, string>()
  for (const part of splitList(value.slice(7))) {
    const found = /^([A-Za-z-]{1,32})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(\S*))$/.exec(part)
    if (found) fields.set((found[1] ?? '').toLowerCase(), (found[2] ?? found[3] ?? '').replace(/\\(.)/g, '$1'))
  }
  return fields
}

interface Response {
  algorithm: string
  login: Login
  realm: string
  nonce: string
  method: string
  uri: string
  qop?: { nc: string; cnonce: string } | undefined
}

function responseOf({ algorithm, login, realm, nonce, method, uri, qop }: Response): string {
  const secret = hash(algorithm, `${login.user}:${realm}:${login.password}`)
  const request = hash(algorithm, `${method}:${uri}`)
  const middle = qop ? `${nonce}:${qop.nc}:${qop.cnonce}:auth` : nonce
  return hash(algorithm, `${secret}:${middle}:${request}`)
}

const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** The header that answers a 401 or 407, the strongest of what is offered; null when nothing offered is known to us. */
export function answerChallenge(
  response: SipResponse,
  request: { method: string; uri: string },
  login: Login,
): [name: string, value: string] | null {
  const [asked, answer] =
    response.status === 407 ? ['proxy-authenticate', 'proxy-authorization'] : ['www-authenticate', 'authorization']
  const offers = response.headers
    .all(asked ?? '')
    .map(readDigest)
    .filter((offer) => offer !== null)
    .map((offer) => ({ offer, algorithm: (offer.get('algorithm') ?? 'MD5').toUpperCase() }))
    .filter(({ offer, algorithm }) => HASHES[algorithm] && offer.get('nonce') && mayAuth(offer.get('qop')))
    .sort((a, b) => b.algorithm.localeCompare(a.algorithm))
  const best = offers[0]
  if (!best) return null
  const { offer, algorithm } = best
  const realm = offer.get('realm') ?? ''
  const nonce = offer.get('nonce') ?? ''
  const qop = offer.get('qop') === undefined ? undefined : { nc: '00000001', cnonce: randomBytes(8).toString('hex') }
  const parts = [
    `username=${quote(login.user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${responseOf({ algorithm, login, realm, nonce, ...request, qop })}"`,
    `algorithm=${algorithm}`,
  ]
  if (qop) parts.push('qop=auth', `nc=${qop.nc}`, `cnonce="${qop.cnonce}"`)
  if (offer.has('opaque')) parts.push(`opaque=${quote(offer.get('opaque') ?? '')}`)
  return [answer ?? '', `Digest ${parts.join(', ')}`]
}

const mayAuth = (qop: string | undefined) => qop === undefined || qop.split(',').some((one) => one.trim() === 'auth')

const NONCE_MS = 60_000
export const REALM = 'earshot'

export type Verdict = { login: Login } | 'none' | 'stale' | 'wrong'

/** Asks others for a password. A nonce needs no memory but for how often it was used. */
export class Challenger {
  readonly #key = randomBytes(32)
  readonly #used = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  challenges(stale: boolean): [string, string][] {
    const at = this.#now().toString(36)
    const nonce = `${at}.${this.#sign(at)}`
    // Many look at the first only, and know nothing but MD5 (ADR 0040).
    return ['MD5', 'SHA-256'].map((algorithm) => [
      'www-authenticate',
      `Digest realm="${REALM}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ', stale=true' : ''}`,
    ])
  }

  /** Its `uri` need not be the request's own: proxies rewrite that one, and a nonce counts once anyway. */
  check(request: SipRequest, logins: Login[]): Verdict {
    const said = readDigest(request.headers.get('authorization') ?? '')
    if (!said || said.get('realm') !== REALM) return 'none'
    const nonce = said.get('nonce') ?? ''
    const [at = '', signature = ''] = nonce.split('.')
    if (!same(signature, this.#sign(at))) return 'stale'
    const algorithm = (said.get('algorithm') ?? 'MD5').toUpperCase()
    const [nc, cnonce] = [said.get('nc') ?? '', said.get('cnonce') ?? '']
    if (!HASHES[algorithm] || said.get('qop') !== 'auth' || !/^[0-9a-f]{8}$/i.test(nc)) return 'wrong'
    const { method } = request
    const asked = said.get('uri') ?? ''
    const login = logins.find(
      (one) =>
        same(one.user, said.get('username') ?? '') &&
        same(
          said.get('response') ?? '',
          responseOf({
            algorithm,
            login: one,
            realm: REALM,
            nonce,
            method,
            uri: asked,
            qop: { nc, cnonce },
          }),
        ),
    )
    if (!login) return 'wrong'
    const fresh = this.#now() - Number.parseInt(at, 36) < NONCE_MS
    return fresh && this.#first(nonce, Number.parseInt(nc, 16)) ? { login } : 'stale'
  }

  /** The same count of the same nonce again is a replay. */
  #first(nonce: string, count: number): boolean {
    if (count <= (this.#used.get(nonce) ?? 0)) return false
    if (this.#used.size > 10_000) this.#used.clear()
    this.#used.set(nonce, count)
    return true
  }

  #sign(at: string): string {
    return createHmac('sha256', this.#key).update(at).digest('hex').slice(0, 32)
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(left, right)
}
