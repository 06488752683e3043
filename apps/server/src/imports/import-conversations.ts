/** The pipeline of an import: lines are read, conversations stored in batches, a few at a time, and every refusal is told with its line. */
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
  /** Reads no further than this many conversations. */
  limit?: number | undefined
  /** Ends after what is under way; everything acknowledged stays, the same import goes on there. */
  signal?: AbortSignal | undefined
  onRefused?: (line: number, reason: string) => void
  onProgress?: (progress: Progress) => void
}

const BATCH = 50
const BATCHES_AT_ONCE = 2
/** Messages of conversations under way: what the writer of a node takes without refusing. */
const MAX_MESSAGES_WAITING = 8000

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

/** Collects batches and keeps a bounded number of them under way. */
class Flow {
  readonly #parts: ImportParts
  readonly #progress: Progress
  readonly #underWay = new Set<Promise<void>>()
  #batch: Item[] = []
  #waiting = 0
  #failure: unknown

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
    const messages = countMessages([...this.#batch, item])
    if (this.#batch.length > 0 && messages > MAX_MESSAGES_WAITING / BATCHES_AT_ONCE) await this.#send()
    this.#batch.push(item)
    if (this.#batch.length >= BATCH) await this.#send()
  }

  async finish(): Promise<void> {
    await this.#send()
    await Promise.all(this.#underWay)
    if (this.#failure) throw this.#failure
  }

  /** Waits for room, then lets the batch go by itself. */
  async #send(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    const messages = countMessages(batch)
    while (
      this.#underWay.size > 0 &&
      (this.#underWay.size >= BATCHES_AT_ONCE || this.#waiting + messages > MAX_MESSAGES_WAITING)
    ) {
      await Promise.race(this.#underWay)
    }
    if (this.#failure) throw this.#failure
    if (batch.length === 0) return
    this.#waiting += messages
    const sent = this.#store(batch)
      .catch((error) => {
        this.#failure = error
      })
      .finally(() => {
        this.#waiting -= messages
        this.#underWay.delete(sent)
      })
    this.#underWay.add(sent)
  }

  async #store(batch: Item[]): Promise<void> {
    const { store, onProgress } = this.#parts
    const results = await store?.(batch.map(({ conversation }) => conversation))
    for (const [i, item] of batch.entries()) this.#settle(item, results?.[i])
    onProgress?.(this.#progress)
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

const countMessages = (items: Item[]): number =>
  items.reduce((sum, { conversation }) => sum + conversation.messages.length, 0)
