/** What was wrong with a request, in few words: a caller's own nonsense is not sent back to it at length. */
import type { z } from 'zod'

const MAX_ISSUES = 20
/** A refusal stays below 1 KiB with everything around this. */
const MAX_BYTES = 700
const MAX_MESSAGE = 200
const MAX_PATH = 8
const MAX_SEGMENT = 60

export interface Issue {
  path: (string | number)[]
  message: string
  code?: string
}

/** The first issues, as many as fit; at least one. */
export function tellIssues(issues: readonly z.core.$ZodIssue[]): Issue[] {
  const told: Issue[] = []
  let bytes = 0
  for (const issue of issues.slice(0, MAX_ISSUES)) {
    const one = tell(issue)
    bytes += Buffer.byteLength(JSON.stringify(one)) + 1
    if (bytes > MAX_BYTES) break
    told.push(one)
  }
  return told.length > 0 ? told : [{ path: [], message: 'Invalid input' }]
}

function tell({ path, message, code }: z.core.$ZodIssue): Issue {
  const segments = path
    .slice(0, MAX_PATH)
    .map((key) => (typeof key === 'number' ? key : shorten(String(key), MAX_SEGMENT)))
  return { path: segments, message: shorten(message, MAX_MESSAGE), code: code ?? 'custom' }
}

const shorten = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length)}…`)
