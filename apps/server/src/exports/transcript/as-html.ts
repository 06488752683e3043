/** A transcript as one HTML file that stands alone: no script, nothing loaded, every word of anybody escaped. */
import type { Line, Transcript } from './read-transcript.ts'
import { fileOf, headOf, momentOf, roleOf } from './words.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-inline-size: 46rem; margin: 2rem auto; padding-inline: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: color-mix(in srgb, currentColor 65%, transparent); }
dd { margin: 0; overflow-wrap: anywhere; }
article { margin-block: 1rem; padding: .6rem .9rem; border-radius: .6rem; background: color-mix(in srgb, currentColor 7%, transparent); break-inside: avoid; }
article.agent { background: color-mix(in srgb, #4560d8 14%, transparent); }
article.operator { background: color-mix(in srgb, #1d8a5f 14%, transparent); }
article.note { background: color-mix(in srgb, #c78a00 18%, transparent); }
header { font-size: .85rem; color: color-mix(in srgb, currentColor 75%, transparent); }
p { margin: .25rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; unicode-bidi: plaintext; }
p.file { font-size: .85rem; }`

function articleOf(line: Line): string {
  const files = line.attachments.map((file) => `<p class="file">Attached: <bdi>${escaped(fileOf(file))}</bdi></p>`)
  const words = line.text ? `<p dir="auto">${escaped(line.text)}</p>` : ''
  return `<article class="${line.kind === 'note' ? 'note' : line.author.kind}">
<header><b><bdi>${escaped(line.author.name)}</bdi></b> · ${roleOf(line)} · <time datetime="${line.at.toISOString()}">${momentOf(line)}</time></header>
${words}${files.join('')}
</article>`
}

export function asHtml(transcript: Transcript): string {
  const head = headOf(transcript).map(([label, value]) => `<dt>${label}</dt><dd dir="auto">${escaped(value)}</dd>`)
  const lang = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.exec(transcript.conversation.language ?? '')?.[0] ?? 'en'
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(transcript.title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1 dir="auto">${escaped(transcript.title)}</h1>
<dl>${head.join('')}</dl>
${transcript.lines.map(articleOf).join('\n')}
</body>
</html>
`
}
