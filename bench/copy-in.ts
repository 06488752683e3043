/** COPY … FROM STDIN by the driver's own protocol: the quickest way to fill a table. */
import { once } from 'node:events'
import type pg from 'pg'

const CHUNK = 1 << 18

interface CopyConnection {
  stream: NodeJS.WritableStream & NodeJS.EventEmitter
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

export type Value = string | number | boolean | null | string[]

/** Writes rows into one table. `write` is quick; await `flush` now and then, so that memory stays flat. */
export class CopyIn {
  #buffer = ''
  #connection: CopyConnection | undefined
  #ready = Promise.withResolvers<void>()
  #done = Promise.withResolvers<void>()
  readonly #statement: string

  constructor(client: pg.Client, table: string, columns: string[]) {
    this.#statement = `copy ${table} (${columns.join(', ')}) from stdin`
    client.query(this as unknown as pg.Submittable)
  }

  write(row: Value[]): void {
    this.#buffer += `${row.map(field).join('\t')}\n`
  }

  async flush(): Promise<void> {
    if (this.#buffer.length > CHUNK) await this.#send()
  }

  async end(): Promise<void> {
    await this.#send()
    this.#connection?.endCopyFrom()
    await this.#done.promise
  }

  async #send(): Promise<void> {
    await Promise.race([this.#ready.promise, this.#done.promise])
    const connection = this.#connection
    if (!connection || this.#buffer === '') return
    connection.sendCopyFromChunk(Buffer.from(this.#buffer))
    this.#buffer = ''
    const { stream } = connection as { stream: { writableNeedDrain?: boolean } & NodeJS.EventEmitter }
    if (stream.writableNeedDrain) await once(stream, 'drain')
  }

  // What the driver calls.
  submit(connection: CopyConnection): void {
    this.#connection = connection
    connection.query(this.#statement)
  }
  handleCopyInResponse(): void {
    this.#ready.resolve()
  }
  handleCommandComplete(): void {}
  handleReadyForQuery(): void {
    this.#done.resolve()
  }
  handleError(error: Error): void {
    this.#done.reject(error)
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string): string =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c]!) : text

function field(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (Array.isArray(value)) return escaped(`{${value.map((v) => `"${v.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  return String(value)
}
