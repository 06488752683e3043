/** A conversation as a model reads it: numbered lines inside a fence that nobody can write the end of. */
import { masked, resultText, type SnapshotEntry } from '@earshot/analysis'

const MOST_CHARS = 24_000
const MOST_A_LINE = 1500

/** The newest kept when it is long. */
export function writeTranscript(entries: SnapshotEntry[], fence: string): string {
  const lines: string[] = []
  let chars = 0
  for (const entry of [...entries].reverse()) {
    const line = writeLine(entry).replaceAll(fence, '').slice(0, MOST_A_LINE)
    chars += line.length
    if (chars > MOST_CHARS && lines.length > 0) break
    lines.unshift(line)
  }
  return [fence, ...lines, fence].join('\n')
}

function writeLine({ position, author, text, functionCall }: SnapshotEntry): string {
  const who = { contact: 'customer', agent: 'AI agent', operator: 'colleague', system: 'system' }[author]
  if (functionCall)
    return `#${position} function ${functionCall.name} ended ${functionCall.status}: ${masked(resultText(functionCall.result) ?? '')}`
  // One entry is one line: nobody writes another's number.
  return `#${position} ${who}: ${masked(text).replace(/\s+/gu, ' ')}`
}
