/** Where a visit comes from: what a page's address and its referrer say, cut to what may be kept. */

export interface Campaign {
  source: string | null
  medium: string | null
  campaign: string | null
  term: string | null
  content: string | null
}

const MAX = 200
/** Never kept, wherever they stand in an address: they open accounts. */
const SECRETS = /token|passw|pwd|secret|api_?key|session_?id|signature|^(?:code|sig|jwt|auth|otp)$/i

/** The address of a page without names, passwords and secrets in it; null when it is no web page. */
export function pageAddress(url: string): string | null {
  const read = readUrl(url)
  if (!read) return null
  read.username = ''
  read.password = ''
  for (const name of [...read.searchParams.keys()]) if (SECRETS.test(name)) read.searchParams.delete(name)
  if (/token|passw|secret|=/.test(read.hash)) read.hash = ''
  return read.href
}

export function campaignOf(url: string): Campaign {
  const parameters = readUrl(url)?.searchParams
  const read = (name: string) =>
    parameters?.get(`utm_${name}`)?.trim().slice(0, MAX).toWellFormed().replaceAll('\0', '') || null
  return {
    source:
      read('source') ?? (parameters?.get('ref')?.trim().slice(0, MAX).toWellFormed().replaceAll('\0', '') || null),
    medium: read('medium'),
    campaign: read('campaign'),
    term: read('term'),
    content: read('content'),
  }
}

/** A page that names a campaign other than the visit's begins a new visit; one that names none goes on. */
export function isOtherCampaign(page: Campaign, visit: Campaign): boolean {
  const named = Object.values(page).some((value) => value !== null)
  return named && Object.keys(page).some((key) => page[key as keyof Campaign] !== visit[key as keyof Campaign])
}

/** The host of another website that led here. */
export function referrerHost(referrer: string | undefined, page: string): string | null {
  const from = referrer === undefined ? undefined : readUrl(referrer)
  const here = readUrl(page)
  if (!from || from.hostname === '' || from.hostname === here?.hostname) return null
  return from.hostname.slice(0, MAX)
}

const KNOWN: [name: string, hosts: RegExp][] = [
  ['Google', /(^|\.)google\.[a-z.]{2,6}$/],
  ['Bing', /(^|\.)bing\.com$/],
  ['DuckDuckGo', /(^|\.)duckduckgo\.com$/],
  ['Yahoo', /(^|\.)yahoo\.[a-z.]{2,6}$/],
  ['Ecosia', /(^|\.)ecosia\.org$/],
  ['Baidu', /(^|\.)baidu\.com$/],
  ['Yandex', /(^|\.)yandex\.[a-z.]{2,6}$/],
  ['ChatGPT', /(^|\.)(chatgpt|openai)\.com$/],
  ['Perplexity', /(^|\.)perplexity\.ai$/],
  ['Facebook', /(^|\.)(facebook|fb)\.com$/],
  ['Instagram', /(^|\.)instagram\.com$/],
  ['LinkedIn', /(^|\.)(linkedin\.com|lnkd\.in)$/],
  ['X', /(^|\.)(twitter|x)\.com$|^t\.co$/],
  ['YouTube', /(^|\.)(youtube\.com|youtu\.be)$/],
  ['Reddit', /(^|\.)reddit\.com$/],
  ['WhatsApp', /(^|\.)(whatsapp\.com|wa\.me)$/],
]

/** utm_source, else a known referrer, else its host, else Direct. */
export function trafficSource(utmSource: string | null, host: string | null): string {
  if (utmSource !== null) return utmSource
  if (host === null) return 'Direct'
  return KNOWN.find(([, hosts]) => hosts.test(host))?.[0] ?? host
}

function readUrl(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined
  const read = new URL(url)
  return /^https?:$/.test(read.protocol) ? read : undefined
}
