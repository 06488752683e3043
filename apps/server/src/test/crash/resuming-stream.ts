/** A visitor's stream that is opened again from where it was whenever it is cut, as the widget does. */
import { setTimeout as pause } from 'node:timers/promises'
import type { VisitorEntry } from '@earshot/contracts'
import { expect } from 'vitest'
import { until } from '../until.ts'
import type { Listening, TestVisitor } from '../visitor.ts'

export class ResumingStream {
  readonly heard: VisitorEntry[] = []
  opened = 0
  private readonly visitor: TestVisitor
  private current: Listening | undefined
  private done = false
  private readonly running: Promise<void>

  constructor(visitor: TestVisitor) {
    this.visitor = visitor
    this.running = this.run()
  }

  /** All that the visitor may read was heard once, in order; then closes. */
  async expectComplete(): Promise<void> {
    const all = await this.readAll()
    const last = all.at(-1)!.position
    await until(() => this.positions().at(-1)! >= last, `the stream has caught up with ${last}`)
    expect(this.positions().filter((p) => p <= last)).toEqual(all.map((e) => e.position))
    this.done = true
    this.current?.close()
    await this.running
  }

  private positions(): number[] {
    return [...this.heard, ...(this.current?.entries ?? [])].map((e) => e.position)
  }

  private async readAll(): Promise<VisitorEntry[]> {
    const entries: VisitorEntry[] = []
    for (let hasMore = true; hasMore; ) {
      const before = entries[0] ? `?before=${entries[0].position}` : ''
      const { body } = await this.visitor.caller.get(`/widget/v1/messages${before}`)
      entries.unshift(...body.entries)
      hasMore = body.hasMore
    }
    return entries
  }

  private async run(): Promise<void> {
    let place: string | undefined
    while (!this.done) {
      try {
        this.current = await this.visitor.listen(place)
        this.opened++
        const { current } = this
        await until(() => current.ended, 'the stream ends', 600_000)
        place = current.place || place
        this.heard.push(...current.entries)
      } catch {
        await pause(50) // nobody is there yet
      }
      this.current = undefined
    }
  }
}
