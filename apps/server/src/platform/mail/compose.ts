/** A mail as text and as HTML from the same parts. Whatever is put in is words and never markup: customers write some of them. */

export interface MailContent {
  subject: string
  heading: string
  paragraphs: string[]
  /** A list of names and values below the words. */
  facts?: { name: string; value: string }[]
  button?: { label: string; url: string }
  /** Why this person gets it, and how to get no more. */
  footer: string
}

export interface ComposedMail {
  subject: string
  text: string
  html: string
}

const MAX_SUBJECT = 180

export function composeMail({ subject, heading, paragraphs, facts = [], button, footer }: MailContent): ComposedMail {
  return {
    subject: oneLine(subject).slice(0, MAX_SUBJECT),
    text: [
      heading,
      ...paragraphs,
      ...(facts.length > 0 ? [facts.map(({ name, value }) => `${name}: ${value}`).join('\n')] : []),
      ...(button ? [`${button.label}:\n${button.url}`] : []),
      `-- \n${footer}`,
    ]
      .map(printable)
      .join('\n\n'),
    html: page(
      heading,
      [
        ...paragraphs.map((words) => `<p style="margin:0 0 14px">${breaks(words)}</p>`),
        ...(facts.length > 0 ? [table(facts)] : []),
        ...(button ? [link(button)] : []),
      ].join('\n'),
      footer,
    ),
  }
}

const table = (facts: { name: string; value: string }[]): string =>
  `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${facts
    .map(
      ({ name, value }) =>
        `<tr><td style="padding:4px 16px 4px 0;color:#6b7076">${escapeHtml(name)}</td><td style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
    )
    .join('')}</table>`

const link = ({ label, url }: { label: string; url: string }): string =>
  `<p style="margin:20px 0"><a href="${escapeHtml(webAddress(url))}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1f5eff;color:#fff;text-decoration:none">${escapeHtml(label)}</a></p>
<p style="margin:0 0 14px;color:#6b7076;font-size:13px;word-break:break-all">${escapeHtml(webAddress(url))}</p>`

const page = (heading: string, body: string, footer: string): string => `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(heading)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto">
<h1 dir="auto" style="font-size:20px;line-height:1.3;margin:0 0 16px">${escapeHtml(heading)}</h1>
<div dir="auto">${body}</div>
<p style="margin:28px 0 0;padding-top:14px;border-top:1px solid #d9dce0;color:#6b7076;font-size:13px">${breaks(footer)}</p>
</div></body></html>`

const breaks = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>')

/** No address but one of the web becomes a link. */
function webAddress(url: string): string {
  const read = new URL(url)
  if (read.protocol !== 'https:' && read.protocol !== 'http:') throw new Error('a mail links to the web only')
  return read.href
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => printable(text).replace(/[&<>"']/g, (mark) => MARKS[mark]!)

/** Control characters, and the ones that turn the direction of the text around them, say nothing and hide much. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  text.replace(/[\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g, ' ')

const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim()
