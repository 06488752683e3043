/** The pipeline of an import: lines are read, conversations stored in batches, and every refusal is told with its line. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { IngestConversation, IngestResult } from '@earshot/contracts'
import { type Line, readLines } from './lines.ts'
import { type Read, readConversation, type Wish } from './read-conversation.ts'
import { Unreadable } from './unreadable.ts'

export interface Progress {
  /** Lines that held something. */
  read: number
  created: number
  updated: number
  unchanged: number
  refused: number
  /** Would have been stored: a dry run. */
  checked: number
  messages: number
  /** Conversations that carried no times. */
  chosenTimes: number
  stopped: boolean
}

export interface ImportParts {
  bytes: AsyncIterable<Buffer>
  wish?: Wish
  /** Stores conversations and answers in their order; left out for a dry run. */
  store?: (conversations: IngestConversation[]) => Promise<IngestResult[]>
  /** How long to wait before each new try of a batch that could not be stored. */
  retryAfterMs?: readonly number[]
  /** Reads no further than this many conversations. */
  limit?: number | undefined
  /** Ends after what is under way; everything acknowledged stays, the same import goes on there. */
  signal?: AbortSignal | undefined
  onRefused?: (line: number, reason: string) => void
  onProgress?: (progress: Progress) => void
}

const BATCH = 50
/** Messages of one batch: what the writer of a node takes without refusing. */
const MAX_MESSAGES = 4000
/** A database that is busy or restarts is asked again; what was stored the first time is found unchanged the second. */
const RETRY_AFTER_MS = [500, 2000, 8000]

interface Item extends Read {
  line: number
}

/** Resolves when everything that was read is stored or refused. Rejects only when nothing can be stored at all (the database is away). */
export async function importConversations(parts: ImportParts): Promise<Progress> {
  const progress: Progress = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    checked: 0,
    messages: 0,
    chosenTimes: 0,
    stopped: false,
  }
  const flow = new Flow(parts, progress)
  for await (const line of readLines(parts.bytes)) {
    if (parts.signal?.aborted) progress.stopped = true
    if (progress.stopped || progress.read >= (parts.limit ?? Number.POSITIVE_INFINITY)) break
    progress.read++
    const item = flow.read(line)
    if (item) await flow.add(item)
  }
  await flow.finish()
  return progress
}

/** Collects batches; while one is stored the next is read. */
class Flow {
  readonly #parts: ImportParts
  readonly #progress: Progress
  #batch: Item[] = []
  #messages = 0
  #underWay: Promise<void> = Promise.resolve()

  constructor(parts: ImportParts, progress: Progress) {
    this.#parts = parts
    this.#progress = progress
  }

  read({ number, text, problem }: Line): Item | undefined {
    try {
      if (text === undefined) throw new Unreadable(problem)
      return { line: number, ...readConversation(text, this.#parts.wish) }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#refuse(number, error.message)
      return undefined
    }
  }

  async add(item: Item): Promise<void> {
    const messages = item.conversation.messages.length
    if (this.#batch.length === BATCH || (this.#batch.length > 0 && this.#messages + messages > MAX_MESSAGES))
      await this.#send()
    this.#batch.push(item)
    this.#messages += messages
  }

  async finish(): Promise<void> {
    await this.#send()
    await this.#underWay
  }

  /** Waits for the batch before it, then lets this one go by itself. */
  async #send(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#messages = 0
    await this.#underWay
    this.#underWay = this.#store(batch)
    this.#underWay.catch(() => {}) // reported where it is awaited
  }

  async #store(batch: Item[]): Promise<void> {
    const { store, onProgress } = this.#parts
    const conversations = batch.map(({ conversation }) => conversation)
    const results = store && (await this.#storePatiently(store, conversations))
    for (const [i, item] of batch.entries()) this.#settle(item, results?.[i])
    onProgress?.(this.#progress)
  }

  async #storePatiently(store: NonNullable<ImportParts['store']>, conversations: IngestConversation[]) {
    for (const pause of this.#parts.retryAfterMs ?? RETRY_AFTER_MS) {
      try {
        return await store(conversations)
      } catch {
        await sleep(pause) // the last try says what is wrong
      }
    }
    return store(conversations)
  }

  #settle({ line, conversation, chosenTimes }: Item, result: IngestResult | undefined): void {
    if (result?.status === 'refused') {
      this.#refuse(line, result.error?.message ?? 'it was refused')
      return
    }
    this.#progress[result?.status ?? 'checked']++
    this.#progress.messages += conversation.messages.length
    if (chosenTimes) this.#progress.chosenTimes++
  }

  #refuse(line: number, reason: string): void {
    this.#progress.refused++
    this.#parts.onRefused?.(line, reason)
  }
}
