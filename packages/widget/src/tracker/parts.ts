/** What the tracker's files share: types, and the small store that all tabs of a website have in common. */
import type { ActiveRules, Track } from '@earshot/contracts'

/** What the loader hands over when a visitor has agreed. */
export interface Given {
  /** What the page has said to the tracker so far; what it says later is pushed on. */
  calls: unknown[][]
  key: string
  origin: string
  nonce: string
}

/** The widget's commands, as the page has them. */
export const widget = (...command: unknown[]): void =>
  (window as unknown as { Earshot?(...command: unknown[]): void }).Earshot?.(...command)

export type Rule = ActiveRules['rules'][number]
export type Condition = Rule['conditions'][number]
export type Outcome = Track['firings'][number]['outcome']
export type Data = Track['events'][number]['data']

/** A page as it is seen, until it is left. */
export interface Seen {
  id: string
  url: string
  referrer: string
  title: string
  at: number
  lastAt: number
  visibleMs: number
  scroll: number
}

export interface Happened {
  id: string
  pageId: string
  kind: 'click' | 'form' | 'custom'
  name: string
  at: number
  data: Data
}
export interface Fired {
  id: string
  pageId: string
  ruleId: string
  at: number
  outcome: Outcome
  data: Data
}

const memory = new Map<string, string>()

/** In the page's own storage; where that is forbidden, until the page is left. */
export function store(key: string, name: string) {
  const at = `earshot:${key}:${name}`
  return {
    get(): string {
      try {
        return localStorage.getItem(at) ?? ''
      } catch {
        return memory.get(at) ?? ''
      }
    },
    set(value: string): void {
      try {
        if (value === '') localStorage.removeItem(at)
        else localStorage.setItem(at, value)
      } catch {
        memory.set(at, value)
      }
    },
  }
}
export type Store = ReturnType<typeof store>

export function readJson<T>(kept: Store, otherwise: T): T {
  try {
    return (JSON.parse(kept.get()) as T) ?? otherwise
  } catch {
    return otherwise
  }
}

/** `randomUUID` is there in secure pages only; these ids need to be unlikely to meet, no more. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 15) | 64
  bytes[8] = (bytes[8]! & 63) | 128
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
