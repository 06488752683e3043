/** Secrets at rest: sealed with a key made from EARSHOT_SECRET, readable only for what they were sealed for. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

export interface Sealer {
  /** `purpose` names the owner, such as workspace and agent: a sealed value copied to another row does not open there. */
  seal(secret: string, purpose: string): string
  /** Undefined when it was sealed with another EARSHOT_SECRET, for another purpose, or was tampered with. */
  open(sealed: string, purpose: string): string | undefined
}

/** AES-256-GCM; the key's id stands in front, so that a changed EARSHOT_SECRET is told from damage. */
export function createSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, 'earshot', 'sealed secrets', 32))
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8)
  return {
    seal(text, purpose) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(`${keyId}\0${purpose}`))
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${VERSION}.${keyId}.${sealed.toString('base64url')}`
    },
    open(sealed, purpose) {
      const [version, id, text] = sealed.split('.')
      const bytes = Buffer.from(text ?? '', 'base64url')
      if (version !== VERSION || id !== keyId || bytes.length < IV_BYTES + TAG_BYTES) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      decipher.setAAD(Buffer.from(`${keyId}\0${purpose}`)).setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
