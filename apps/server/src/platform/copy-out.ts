/** COPY … TO STDOUT: what a query finds, as a stream of bytes in flat memory, however much it is. */
import type { RawBuilder } from 'kysely'
import pg from 'pg'
import type { Database, Db } from './db.ts'

/** Reads of one moment: whatever is said meanwhile, all of them see the same rows. */
export interface Snapshot {
  /** `options` are those of COPY. Abandoning the iteration ends the reading. */
  read(query: RawBuilder<unknown>, options: string): AsyncIterable<Piece>
  close(): Promise<void>
}

export interface Piece {
  bytes: Buffer
  rows: number
}

export type OpenSnapshot = (workspaceId: string) => Promise<Snapshot>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** On a connection of its own, behind the wall of the workspace. */
export const snapshotsOf =
  ({ db, connect }: Database): OpenSnapshot =>
  async (workspaceId) => {
    if (!UUID.test(workspaceId)) throw new Error('not a workspace id')
    const client = await connect('export')
    await client.query(
      `begin isolation level repeatable read read only; set local earshot.workspace_id = '${workspaceId}'; set local jit = off`,
    )
    return {
      read: (query, options) => new Copy(client, `copy (${inlined(db, query)}) to stdout (${options})`),
      async close() {
        await client.end()
      },
    }
  }

/** COPY takes no parameters, so that the values are written into the statement as literals, by the driver's own rule. */
function inlined(db: Db, query: RawBuilder<unknown>): string {
  const { sql, parameters } = query.compile(db)
  return sql.replace(/\$(\d+)/g, (_, n: string) => literal(parameters[Number(n) - 1]))
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? `'{}'` : `array[${value.map(literal).join(', ')}]`
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}

const PIECE = 64 * 1024

interface CopyConnection {
  query(text: string): void
  stream: { pause(): void; resume(): void; destroy(): void }
}

/** Pauses the socket while the reader is busy, so that rows wait in the server and not in memory. */
class Copy implements AsyncIterable<Piece> {
  private readonly client: pg.Client
  private readonly statement: string
  private connection: CopyConnection | undefined
  private buffer = Buffer.allocUnsafe(PIECE)
  private filled = 0
  private rows = 0
  private readonly ready: Piece[] = []
  private over = false
  private error: Error | undefined
  private wake: () => void = () => {}

  constructor(client: pg.Client, statement: string) {
    this.client = client
    this.statement = statement
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Piece> {
    this.client.query(this as unknown as pg.Submittable)
    try {
      for (;;) {
        const piece = this.ready.shift()
        if (piece) yield piece
        else if (this.error) throw this.error
        else if (this.over) return
        else await this.more()
      }
    } finally {
      // Left in the middle: nobody reads the rest, so the connection goes.
      if (!this.over) this.connection?.stream.destroy()
    }
  }

  private more(): Promise<void> {
    const news = new Promise<void>((resolve) => {
      this.wake = resolve
    })
    this.connection?.stream.resume()
    return news
  }

  private add(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(this.buffer, this.filled, from)
      from += taken
      this.filled += taken
      if (this.filled === PIECE) this.hand()
    }
    this.rows++
  }

  private hand(): void {
    if (this.filled === 0) return
    this.ready.push({ bytes: this.buffer.subarray(0, this.filled), rows: this.rows })
    this.buffer = Buffer.allocUnsafe(PIECE)
    this.filled = 0
    this.rows = 0
    if (this.ready.length > 2) this.connection?.stream.pause()
    this.wake()
  }

  // What the driver calls.
  submit(connection: CopyConnection): void {
    this.connection = connection
    connection.query(this.statement)
  }
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.add(chunk)
  }
  handleCommandComplete(): void {}
  handleReadyForQuery(): void {
    this.hand()
    this.over = true
    this.wake()
  }
  handleError(error: Error): void {
    this.error = error
    this.over = true
    this.wake()
  }
}
