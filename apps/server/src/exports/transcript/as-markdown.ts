/** A transcript as Markdown: each message a quote, so that what it contains stays inside it. */
import { type Line, type Transcript, tidyName } from './read-transcript.ts'
import { fileOf, headOf, isolate, momentOf, roleOf } from './words.ts'

/** Every sign that Markdown or HTML could read something into. */
const literally = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&')
    .replace(/^(\s*)([-+=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/:\/\//g, ':\\/\\/')

/** Agents and operators write Markdown. Their tags are shown, not obeyed, and their pictures are links: opening the file loads nothing. */
const withoutTags = (text: string): string => text.replaceAll('<', '&lt;').replace(/!(?=\[)/g, '\\!')

const quoted = (text: string): string => text.replace(/^/gm, '> ')

function bodyOf({ author, kind, text, attachments }: Line): string {
  const isPlain = kind === 'message' && author.kind === 'contact'
  // A contact's line ends where it ended; two spaces keep the break.
  const words = isPlain ? literally(text).replace(/\n/g, '  \n') : withoutTags(text)
  const files = attachments.map((file) => `Attached: ${literally(fileOf(file))}`)
  return [words, files.join('  \n')].filter((part) => part).join('\n\n')
}

export function asMarkdown(transcript: Transcript): string {
  const head = headOf(transcript).map(([label, value]) => `- **${label}:** ${isolate(literally(tidyName(value)))}`)
  const lines = transcript.lines.map(
    (line) =>
      `**${isolate(literally(line.author.name))}** (${roleOf(line)}), ${momentOf(line)}\n\n${quoted(bodyOf(line))}`,
  )
  return `${[`# ${literally(transcript.title)}`, head.join('\n'), ...lines].join('\n\n')}\n`
}
