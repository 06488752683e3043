/** The indexer: in the background, one at a time per database, resumable at any point. No search waits for it. */
import type { Client } from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../../platform/db.ts'
import { makeBatch } from './make-batch.ts'
import {
  countUnindexed,
  type Due,
  findCommonWords,
  findUnindexed,
  readUnindexed,
  recountWords,
  storeIndex,
} from './queries-index.ts'

const BATCH = 200
/** Entries of one conversation read at once; a longer one comes again. */
const ENTRIES = 2000
const REST_MS = 1000
const RETRY_MS = 2000
const COUNT_EVERY_MS = 15_000
const LEAVE = 1.5
const RESTS_AFTER_FAILURE_MS = 10 * 60_000
const MANY = 16
const MOST_COUNTED = 200_000

export interface IndexerParts {
  database: Database
  log: Logger
  /** How long a conversation must be quiet; while it goes on, a search reads it as it stands. */
  quiet?: string
  /** While there is much to do: how long it rests after a batch, as a multiple of what that took. Appends go first. */
  leave?: number
}

export class Indexer {
  readonly stats = { conversations: 0, batches: 0, failed: 0, behind: 0, busyMs: 0, leads: false }
  readonly #parts: IndexerParts
  readonly #running: Promise<void>
  #stopped = false
  #wake = () => {}
  /** Per workspace: how often this process counted a word, and the words known to be common. Forgotten when words are counted anew. */
  #counted = new Map<string, number>()
  #common = new Set<string>()
  #restUntil = new Map<string, number>()
  #countedAt = 0

  constructor(parts: IndexerParts) {
    this.#parts = parts
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { database, log } = this.#parts
    while (!this.#stopped) {
      let client: Client | undefined
      try {
        client = await database.connect('search indexer')
        const { rows } = await client.query<{ locked: boolean }>(
          "select pg_try_advisory_lock(hashtextextended('search.indexer', 7)) as locked",
        )
        if (rows[0]!.locked) await this.#lead(client)
      } catch (error) {
        if (!this.#stopped) log.warn({ err: error }, 'the search indexer stopped; trying again')
      } finally {
        this.stats.leads = false
        await client?.end().catch(() => {})
      }
      await this.#rest(RETRY_MS)
    }
  }

  async #lead(client: Client): Promise<void> {
    this.stats.leads = true
    this.#forget()
    while (!this.#stopped) {
      const began = performance.now()
      const done = await this.#indexSome(client)
      const took = performance.now() - began
      this.stats.busyMs += took
      if (Date.now() - this.#countedAt > COUNT_EVERY_MS) {
        this.stats.behind = await countUnindexed(client)
        this.#countedAt = Date.now()
      }
      if (done > 0) await this.#rest(took * (this.#parts.leave ?? LEAVE))
      else {
        if ((await recountWords(client, BATCH)) > 0) this.#forget()
        await this.#rest(REST_MS)
      }
    }
  }

  /** Returns how many were tried. */
  async #indexSome(client: Client): Promise<number> {
    for (const [id, until] of this.#restUntil) if (until <= Date.now()) this.#restUntil.delete(id)
    const due = await findUnindexed(client, this.#parts.quiet ?? '10 seconds', [...this.#restUntil.keys()], BATCH)
    for (const [workspaceId, ids] of byWorkspace(due)) await this.#indexOrRest(client, workspaceId, ids)
    return due.length
  }

  /** One bad conversation holds up nobody: a batch that fails is tried one by one, and what fails alone is left for a while. */
  async #indexOrRest(client: Client, workspaceId: string, ids: string[]): Promise<void> {
    try {
      if (await this.#index(client, workspaceId, ids)) return
    } catch (error) {
      if (ids.length === 1) {
        await client.query('select 1') // a lost connection is not the conversation's fault
        this.stats.failed++
        this.#restUntil.set(ids[0]!, Date.now() + RESTS_AFTER_FAILURE_MS)
        this.#parts.log.error(
          { err: error, conversationId: ids[0] },
          'a conversation could not be indexed; it is tried again in ten minutes',
        )
        return
      }
    }
    if (ids.length > 1) for (const id of ids) await this.#indexOrRest(client, workspaceId, [id])
  }

  async #index(client: Client, workspaceId: string, ids: string[]): Promise<boolean> {
    const rows = await readUnindexed(client, workspaceId, ids, ENTRIES)
    if (rows.length === 0) return true
    const batch = makeBatch(workspaceId, rows, (word) => this.#common.has(`${workspaceId}${word}`))
    if (!(await storeIndex(client, batch))) return false
    this.stats.conversations += rows.length
    this.stats.batches++
    await this.#noteCommon(client, workspaceId, batch.words)
    return true
  }

  /** Only the database says that a word is common: what this process counted may have been deleted since. */
  async #noteCommon(client: Client, workspaceId: string, words: { word: string; count: number }[]): Promise<void> {
    const often: string[] = []
    for (const { word, count } of words) {
      const name = `${workspaceId}${word}`
      const counted = (this.#counted.get(name) ?? 0) + count
      if (counted >= MANY) often.push(word)
      this.#counted.set(name, counted >= MANY ? 0 : counted)
    }
    if (this.#counted.size > MOST_COUNTED) this.#counted = new Map()
    if (often.length === 0) return
    for (const word of await findCommonWords(client, workspaceId, often)) {
      this.#common.add(`${workspaceId}${word}`)
      this.#counted.delete(`${workspaceId}${word}`)
    }
  }

  #forget(): void {
    this.#counted = new Map()
    this.#common = new Set()
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped) return resolve()
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function byWorkspace(due: Due[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { workspaceId, id } of due) groups.set(workspaceId, [...(groups.get(workspaceId) ?? []), id])
  return groups
}
