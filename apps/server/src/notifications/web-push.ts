/** Web push by the book: a message encrypted for one browser (RFC 8291), sent under our own key (RFC 8292). */
import {
  createCipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'

export interface PushKeys {
  /** Uncompressed point, base64url: what browsers subscribe with. */
  publicKey: string
  privateKey: KeyObject
}

/** Made from EARSHOT_SECRET, so that every node has the same and none stores it; another secret means subscribing anew. */
export function pushKeysOf(secret: string): PushKeys {
  const ecdh = createECDH('prime256v1')
  for (let round = 0; ; round++) {
    const d = createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, 'earshot', 'web push', 32)))
      .update(String(round))
      .digest()
    try {
      ecdh.setPrivateKey(d)
    } catch {
      continue // outside of the curve's order: about once in four thousand million
    }
    const point = ecdh.getPublicKey()
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
    const jwk = { kty: 'EC', crv: 'P-256', d: d.toString('base64url'), x: x!, y: y! }
    return { publicKey: point.toString('base64url'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) }
  }
}

const HOURS_12 = 12 * 60 * 60

/** Names us to the push service for half a day; `contact` is whom it may write to. */
export function authorize({ publicKey, privateKey }: PushKeys, endpoint: string, contact: string, now: Date): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now.getTime() / 1000) + HOURS_12, sub: contact }
  const head = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${head}.${signature.toString('base64url')}, k=${publicKey}`
}

const RECORD = 4096
/** What one record holds beside its mark and its tag; longer messages are not ours to send. */
export const MOST_BYTES = RECORD - 17 - 86

export interface BrowserKeys {
  p256dh: string
  auth: string
}

/** Content encoding aes128gcm; throws when the browser's key is no point of the curve. */
export function encryptFor(browser: BrowserKeys, text: string): Buffer {
  const theirs = Buffer.from(browser.p256dh, 'base64url')
  const ours = createECDH('prime256v1')
  const point = ours.generateKeys()
  const shared = ours.computeSecret(theirs)
  const salt = randomBytes(16)
  const expand = (key: Buffer, salted: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salted, info, length))
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, point])
  const secret = expand(shared, Buffer.from(browser.auth, 'base64url'), about, 32)
  const key = expand(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = expand(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // The last record ends with a 2.
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.update(Buffer.from([2])), cipher.final()])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD)
  head.writeUInt8(point.length, 4)
  return Buffer.concat([salt, head, point, body, cipher.getAuthTag()])
}
