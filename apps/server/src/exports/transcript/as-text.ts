/** A transcript as plain text: who and when at the margin, what was said indented, so that no message can pass for another's head. */
import { type Transcript, tidyName } from './read-transcript.ts'
import { fileOf, headOf, isolate, momentOf, roleOf } from './words.ts'

const indented = (text: string): string => text.replace(/^/gm, '    ')

export function asText(transcript: Transcript): string {
  const head = headOf(transcript).map(([label, value]) => `${label}: ${isolate(tidyName(value))}`)
  const lines = transcript.lines.map((line) => {
    const said = [line.text, ...line.attachments.map((file) => `Attached: ${fileOf(file)}`)].filter((part) => part)
    return `${momentOf(line)}  ${isolate(line.author.name)} (${roleOf(line)})\n${indented(said.join('\n'))}`
  })
  return `${[transcript.title, head.join('\n'), ...lines].join('\n\n')}\n`
}
