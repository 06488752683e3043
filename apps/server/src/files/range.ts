/** The Range header (RFC 9110, 14.2): one range of bytes. Several at once, and what is not understood, get the whole. */
import type { ByteRange } from '../platform/files-driver.ts'

const ONE = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i

/** Undefined: send all of it. */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [match, first, last] = ONE.exec(header ?? '') ?? []
  if (match === undefined || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined // not a range at all
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
