/** Cuts a stream of bytes into SIP messages by their Content-Length (RFC 3261 §18.3). */
import { MAX_HEAD, MAX_MESSAGE } from './parse.ts'

export class Framing {
  #waiting: Buffer = Buffer.alloc(0)

  /** Whole messages; null when the stream cannot be understood any more and must be closed. An empty one is a sign of life. */
  take(bytes: Buffer): Buffer[] | null {
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes])
    const messages: Buffer[] = []
    for (;;) {
      const blank = this.#leadingBlank()
      if (blank >= 4) messages.push(Buffer.alloc(0))
      this.#waiting = this.#waiting.subarray(blank)
      const end = this.#waiting.subarray(0, MAX_HEAD + 4).indexOf('\r\n\r\n')
      if (end < 0) return this.#waiting.length > MAX_HEAD ? null : messages
      const length = contentLength(this.#waiting.toString('latin1', 0, end))
      if (length === null || length > MAX_MESSAGE - MAX_HEAD) return null
      const whole = end + 4 + length
      if (this.#waiting.length < whole) return messages
      messages.push(Buffer.from(this.#waiting.subarray(0, whole)))
      this.#waiting = this.#waiting.subarray(whole)
    }
  }

  #leadingBlank(): number {
    let at = 0
    while (this.#waiting[at] === 13 && this.#waiting[at + 1] === 10) at += 2
    return at
  }
}

/** A stream's message without a length has no body; one that says two different things says nothing. */
function contentLength(head: string): number | null {
  const found = [...head.matchAll(/^(?:content-length|l)[ \t]*:[ \t]*(\S*)[ \t]*\r?$/gim)].map(
    (match) => match[1] ?? '',
  )
  if (found.length === 0) return 0
  return found.length === 1 && /^\d{1,6}$/.test(found[0] ?? '') ? Number(found[0]) : null
}
