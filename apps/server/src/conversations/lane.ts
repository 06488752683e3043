/** A lane of the writer: one connection that carries one batch at a time, and does not give up when the connection does. */
import type { Client } from 'pg'
import type { Appended, AppendItem } from './append.ts'
import { batchStatement, isTransient, LANE_SETTINGS, readBatch, readSingle, singleStatement } from './queries-append.ts'

export interface LaneOptions {
  connect(name: string): Promise<Client>
  /** How long a batch is tried again after a lost connection, in milliseconds. */
  retryForMs: number
}

export class Lane {
  retried = 0
  private client: Client | null = null
  private readonly options: LaneOptions

  constructor(options: LaneOptions) {
    this.options = options
  }

  /**
   * Runs until the batch is known to be committed or refused. After a lost connection it is sent again: every item has a key, so a
   * second commit finds duplicates. With `wait` it waits for conversations that somebody holds.
   */
  async execute(items: AppendItem[], wait: boolean): Promise<Appended[]> {
    const giveUpAt = performance.now() + this.options.retryForMs
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
      try {
        return await this.send(items, wait)
      } catch (error) {
        if (!isTransient(error) || performance.now() > giveUpAt) throw error
        this.retried++
        await this.close()
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  async close(): Promise<void> {
    const client = this.client
    this.client = null
    await client?.end().catch(() => {})
  }

  private async send(items: AppendItem[], wait: boolean): Promise<Appended[]> {
    this.client ??= await this.open()
    const single = items.length === 1 && !wait
    const { rows } = await this.client.query<unknown[]>(
      single ? singleStatement(items[0]!) : batchStatement(items, wait),
    )
    return single ? [readSingle(rows[0]!)] : readBatch(rows)
  }

  private async open(): Promise<Client> {
    const client = await this.options.connect('log')
    await client.query(LANE_SETTINGS)
    client.on('error', () => {
      if (this.client === client) this.client = null
    })
    return client
  }
}
