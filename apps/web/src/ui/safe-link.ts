/** Which addresses a message may link to: the web, mail and telephone; everything else stays plain text. */
const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:'])

export function safeLink(href: string | undefined): { href: string; host: string } | null {
  if (!href || !URL.canParse(href)) return null
  const url = new URL(href)
  if (!ALLOWED.has(url.protocol)) return null
  // `https://bank.example@evil.example` reads as the bank: the part before the @ is dropped.
  url.username = ''
  url.password = ''
  return { href: url.href, host: url.host }
}
