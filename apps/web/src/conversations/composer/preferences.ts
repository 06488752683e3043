/** What this browser remembers about writing: which key sends, and drafts that were not sent yet. */
import { createStore, type Store } from '../../app/store.ts'

export type SendKey = 'enter' | 'modEnter'
const SEND_KEY = 'earshot.sendKey'
const DRAFTS = 'earshot.drafts'
const MOST_DRAFTS = 200

export const sendKey: Store<SendKey> = createStore<SendKey>(read(SEND_KEY) === 'modEnter' ? 'modEnter' : 'enter')
sendKey.subscribe(() => write(SEND_KEY, sendKey.get()))

/** The newest last; the oldest fall out. */
let drafts: [string, string][] = readDrafts()

export const readDraft = (name: string): string => drafts.find(([known]) => known === name)?.[1] ?? ''

export function writeDraft(name: string, text: string): void {
  const others = drafts.filter(([known]) => known !== name)
  drafts = text.trim() === '' ? others : [...others, [name, text] satisfies [string, string]].slice(-MOST_DRAFTS)
  write(DRAFTS, JSON.stringify(drafts))
}

function readDrafts(): [string, string][] {
  try {
    const value: unknown = JSON.parse(read(DRAFTS) ?? '[]')
    return Array.isArray(value) ? value.filter(isDraft) : []
  } catch {
    return []
  }
}

// A declaration: drafts are read before this line is reached.
function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string'
}

// Storage may be forbidden or full; then it lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {}
}
