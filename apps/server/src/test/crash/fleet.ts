/** Clients that never give up: each says its messages one after the other, again and again until one is acknowledged, and notes what it was told. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from '../caller.ts'

export interface Acknowledged {
  conversationId: string
  /** As the log names it. */
  key: string
  text: string
  position: number
}

/** One author, whose messages have an order. */
export interface Author {
  name: string
  acknowledged: Acknowledged[]
}

export interface Talker {
  name: string
  /** Milliseconds between one acknowledgement and the next message. */
  everyMs: number
  send(n: number): Promise<Answer>
  read(answer: Answer, n: number): Acknowledged
}

export class Fleet {
  readonly authors: Author[] = []
  tries = 0
  failures = 0
  private stopped = false
  private readonly running: Promise<void>[] = []

  get acknowledged(): number {
    return this.authors.reduce((sum, author) => sum + author.acknowledged.length, 0)
  }

  add(talker: Talker): void {
    const author: Author = { name: talker.name, acknowledged: [] }
    this.authors.push(author)
    this.running.push(this.talk(talker, author))
  }

  /** Lets everybody finish what they began to say. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all(this.running)
  }

  private async talk(talker: Talker, author: Author): Promise<void> {
    for (let n = 0; !this.stopped; n++) {
      author.acknowledged.push(talker.read(await this.untilAcknowledged(talker, n), n))
      await pause(talker.everyMs)
    }
  }

  private async untilAcknowledged(talker: Talker, n: number): Promise<Answer> {
    for (;;) {
      this.tries++
      // Now and then the same message twice at once, as an impatient client does.
      const sent = n % 7 === 0 ? [talker.send(n), talker.send(n)] : [talker.send(n)]
      const answers = await Promise.allSettled(sent)
      const done = answers.find((a) => a.status === 'fulfilled' && a.value.status < 300)
      if (done?.status === 'fulfilled') return done.value
      const refused = answers.find((a) => a.status === 'fulfilled' && a.value.status < 500 && a.value.status !== 429)
      if (refused?.status === 'fulfilled')
        throw new Error(`${talker.name} was refused: ${refused.value.status} ${JSON.stringify(refused.value.body)}`)
      this.failures++
      await pause(200)
    }
  }
}
