/** Entries as a model reads them: numbered lines between marks that nobody can write. One entry is one line, so nobody writes another's. */
import { masked } from '../memory/secrets.ts'
import { spokenName } from '../signals/functions.ts'
import type { SnapshotEntry } from '../snapshot.ts'

const MOST_A_LINE = 1500
const WHO = { contact: 'customer', agent: 'AI agent', operator: 'colleague', system: 'system' } as const

export const fenced = (lines: readonly string[], fence: string): string =>
  [fence, ...lines.map((line) => line.replaceAll(fence, '')), fence].join('\n')

/** What a model may read and cite. Nobody said the rest. */
export const readable = (entries: readonly SnapshotEntry[]): SnapshotEntry[] =>
  entries.filter(
    ({ kind, author, functionCall }) =>
      (kind === 'message' && author !== 'system') || (kind === 'function_call' && functionCall),
  )

export const lineOf = ({ position, author, text, functionCall }: SnapshotEntry): string => {
  const said = functionCall
    ? // A result is what an outside system sent: it backs no sentence, so it is not shown.
      `function ${oneLine(spokenName(functionCall.name))} ended ${functionCall.status}`
    : `${WHO[author]}: ${oneLine(masked(text))}`
  return `#${position} ${said}`.slice(0, MOST_A_LINE)
}

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
