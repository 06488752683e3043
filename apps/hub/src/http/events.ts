/** `GET /v1/events`: facts in order and moments between, a line of JSON each, to any number of readers. */
import type { ServerResponse } from 'node:http'
import type { HubMoment } from '@earshot/voice'
import type { Journal } from '../journal.ts'

/** A reader that takes nothing any more is let go; it comes again where it was. */
const MOST_UNSENT = 8 * 1024 * 1024
/** Moments are not worth waiting for. */
const MOST_FOR_MOMENTS = 512 * 1024
const BEAT_MS = 5000

interface Reader {
  to: ServerResponse
  /** The last fact it was sent. */
  seq: number
  isBehind: boolean
}

export class Events {
  readonly #journal: Journal
  readonly #readers = new Set<Reader>()
  readonly #beat: NodeJS.Timeout
  #moments: string[] = []

  constructor(journal: Journal) {
    this.#journal = journal
    journal.onSynced(() => this.#tell())
    this.#beat = setInterval(() => {
      for (const { to } of this.#readers) to.write('\n')
    }, BEAT_MS)
  }

  open(to: ServerResponse, after: number): void {
    const { hub, seq } = this.#journal
    to.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
    to.write(`${JSON.stringify({ t: 'hello', hub, seq })}\n`)
    // Whoever asks for what comes after a fact has applied it.
    if (after <= seq) this.#journal.prune(after)
    const reader = { to, seq: after, isBehind: false }
    this.#readers.add(reader)
    to.on('close', () => this.#readers.delete(reader))
    this.#send(reader)
  }

  moment(moment: HubMoment): void {
    if (this.#readers.size > 0) this.#moments.push(JSON.stringify(moment))
  }

  /** Once a tick: what was said of the moment goes out in one piece. */
  flushMoments(): void {
    if (this.#moments.length === 0) return
    const text = `${this.#moments.join('\n')}\n`
    this.#moments = []
    for (const { to } of this.#readers) if (to.writableLength < MOST_FOR_MOMENTS) to.write(text)
  }

  close(): void {
    clearInterval(this.#beat)
    for (const { to } of this.#readers) to.end()
  }

  #tell(): void {
    for (const reader of this.#readers) this.#send(reader)
  }

  #send(reader: Reader): void {
    if (reader.isBehind) return
    const { to } = reader
    for (;;) {
      const facts = this.#journal.after(reader.seq)
      const last = facts.at(-1)
      if (!last) return
      reader.seq = last.seq
      const hasRoom = to.write(facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''))
      if (hasRoom) continue
      if (to.writableLength > MOST_UNSENT) return void to.destroy()
      reader.isBehind = true
      to.once('drain', () => {
        reader.isBehind = false
        this.#send(reader)
      })
      return
    }
  }
}
