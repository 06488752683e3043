/**
 * The facts of all calls, in order: lines of JSON in files named by their first sequence. A line is written before anybody hears of it, so a
 * killed hub never uses a number twice; it is synced to the disk within a fifth of a second, and told to readers only then.
 */
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fdatasync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { HubFact, type HubFactOf } from '@earshot/voice'
import { readJson, replaceFile, writeAll } from './files.ts'

const PER_FILE = 5000
const IN_MEMORY = 20_000
const SYNC_MS = 200

type Bare<T> = T extends HubFact ? Omit<T, 'seq' | 'at'> : never
/** A fact as the hub finds it; the journal gives the number and the time. */
export type NewFact = Bare<HubFact>

export class Journal {
  readonly hub: string
  readonly #folder: string
  readonly #onSynced = new Set<() => void>()
  #facts: HubFact[] = []
  #seq = 0
  #synced = 0
  #file: { first: number; fd: number; lines: number; bytes: number } | null = null
  #timer: NodeJS.Timeout | null = null
  #syncing = false
  /** Facts that could not be written; they are told nevertheless, and written when the disk lets us. */
  #unwritten: HubFact[] = []

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.hub = hubId(join(folder, 'hub-id.json'))
    this.#recover()
    this.#synced = this.#seq
  }

  get seq(): number {
    return this.#seq
  }

  get failing(): boolean {
    return this.#unwritten.length > 0
  }

  add(fact: NewFact, at: number): HubFact {
    const whole = { ...fact, seq: this.#seq + 1, at: Math.round(at) } as HubFact
    this.#seq = whole.seq
    this.#facts.push(whole)
    if (this.#facts.length > IN_MEMORY) this.#facts = this.#facts.slice(-IN_MEMORY / 2)
    this.#unwritten.push(whole)
    this.#write()
    this.#syncSoon()
    return whole
  }

  /** Facts after `seq` that are safe on disk, oldest first, at most a thousand. */
  after(seq: number): HubFact[] {
    const first = this.#facts[0]?.seq ?? this.#seq + 1
    if (seq + 1 >= first) return this.#facts.filter((f) => f.seq > seq && f.seq <= this.#synced).slice(0, 1000)
    return this.#read(seq + 1)
      .filter((f) => f.seq <= this.#synced)
      .slice(0, 1000)
  }

  /** Which of the facts still kept are of this kind: used at a start, to know which calls were over. */
  kept<T extends HubFact['t']>(kind: T): HubFactOf<T>[] {
    return this.#read(0).filter((fact): fact is HubFactOf<T> => fact.t === kind)
  }

  onSynced(listener: () => void): () => void {
    this.#onSynced.add(listener)
    return () => this.#onSynced.delete(listener)
  }

  /** Files of which every fact was applied are removed; the newest stays, it knows the number. */
  prune(applied: number): void {
    const firsts = this.#firsts()
    for (const [at, first] of firsts.entries()) {
      const next = firsts[at + 1]
      if (next === undefined || next - 1 > applied) return
      rmSync(this.#path(first), { force: true })
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#file) closeSync(this.#file.fd)
    this.#file = null
  }

  #write(): void {
    try {
      this.#file ??= this.#open(this.#unwritten[0]?.seq ?? this.#seq + 1)
      while (this.#unwritten[0]) {
        const line = Buffer.from(`${JSON.stringify(this.#unwritten[0])}\n`)
        try {
          writeAll(this.#file.fd, line)
        } catch (error) {
          ftruncateSync(this.#file.fd, this.#file.bytes)
          throw error
        }
        this.#file.bytes += line.length
        this.#file.lines++
        this.#unwritten.shift()
        if (this.#file.lines >= PER_FILE) this.#rotate()
      }
    } catch {
      // The disk is full or gone: calls go on, and the next fact tries again. `failing` says so.
    }
  }

  #rotate(): void {
    if (this.#file) closeSync(this.#file.fd)
    this.#file = this.#open((this.#unwritten[1]?.seq ?? this.#seq + 1) as number)
  }

  #open(first: number): { first: number; fd: number; lines: number; bytes: number } {
    return { first, fd: openSync(this.#path(first), 'a', 0o600), lines: 0, bytes: 0 }
  }

  #syncSoon(): void {
    // The first after a pause goes at once; more of them share the next sync.
    if (this.#timer || this.#syncing) return
    this.#sync()
  }

  #sync(): void {
    const upTo = this.#seq
    const done = () => {
      this.#syncing = false
      this.#synced = upTo
      for (const listener of this.#onSynced) listener()
      if (this.#seq > upTo)
        this.#timer ??= setTimeout(() => {
          this.#timer = null
          this.#sync()
        }, SYNC_MS / 10)
    }
    this.#syncing = true
    if (this.#file) fdatasync(this.#file.fd, done)
    else setImmediate(done)
  }

  #path(first: number): string {
    return join(this.#folder, `${String(first).padStart(12, '0')}.jsonl`)
  }

  #firsts(): number[] {
    return readdirSync(this.#folder)
      .map((name) => /^(\d{12})\.jsonl$/.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .toSorted((a, b) => a - b)
  }

  #read(from: number): HubFact[] {
    const firsts = this.#firsts()
    const facts: HubFact[] = []
    for (const [at, first] of firsts.entries()) {
      if ((firsts[at + 1] ?? Number.POSITIVE_INFINITY) <= from) continue
      facts.push(...parseLines(readFileSync(this.#path(first), 'utf8')).filter((fact) => fact.seq >= from))
    }
    return [...facts, ...this.#unwritten.filter((fact) => fact.seq >= from)]
  }

  /** Goes on in the newest file; a line that was being written when the hub was killed is cut off. */
  #recover(): void {
    const newest = this.#firsts().at(-1)
    if (newest === undefined) return
    const path = this.#path(newest)
    const text = readFileSync(path, 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    const facts = parseLines(whole)
    const fd = openSync(path, 'a', 0o600)
    if (Buffer.byteLength(whole) < statSync(path).size) ftruncateSync(fd, Buffer.byteLength(whole))
    this.#file = { first: newest, fd, lines: facts.length, bytes: Buffer.byteLength(whole) }
    this.#seq = facts.at(-1)?.seq ?? newest - 1
  }
}

function parseLines(text: string): HubFact[] {
  const facts: HubFact[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    try {
      facts.push(HubFact.parse(JSON.parse(line)))
    } catch {
      // A line that a full disk or a power cut left half.
    }
  }
  return facts
}

function hubId(path: string): string {
  const known = readJson(path)
  if (typeof known === 'object' && known !== null && 'id' in known && typeof known.id === 'string') return known.id
  const id = randomUUID()
  replaceFile(path, JSON.stringify({ id }))
  return id
}
