/** Which addresses a message may link to: the web, mail and telephone; everything else stays plain text. */
const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:'])

export function safeLink(given: string | undefined): { href: string; host: string } | undefined {
  if (!given || !URL.canParse(given)) return undefined
  const url = new URL(given)
  if (!ALLOWED.has(url.protocol)) return undefined
  // `https://bank.example@evil.example` reads as the bank: what stands before the @ is dropped.
  url.username = ''
  url.password = ''
  return { href: url.href, host: url.host || url.pathname }
}
