/** What a browser says of itself → device, browser, system. Only names and main versions are kept, and nothing that would tell one visitor from another. */
import type { DeviceKind } from '@earshot/contracts'

/** Client hints, sent by browsers that have them: truer than the user agent, which pretends. */
export interface Hints {
  mobile?: boolean | undefined
  platform?: string | undefined
  brands?: { brand: string; version: string }[] | undefined
}
export interface Described {
  device: DeviceKind
  browser: string | null
  os: string | null
}

/** The first that matches wins: everybody claims to be Mozilla and Safari, so the special ones come first. */
const BROWSERS: [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\b(?:OPR|OPiOS|OPX|Opera)\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Vivaldi', /\bVivaldi\/(\d+)/],
  ['Yandex', /\bYaBrowser\/(\d+)/],
  ['DuckDuckGo', /\b(?:DuckDuckGo|Ddg)\/(\d+)/],
  ['UC Browser', /\bUCBrowser\/(\d+)/],
  ['Facebook', /\bFBAV\/(\d+)/],
  ['Instagram', /\bInstagram (\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+(?:\.\d+)?)[\d.]*.*\bSafari\//],
  ['Internet Explorer', /\b(?:MSIE |rv:)(\d+).*(?:Trident|Windows)/],
]

const SYSTEMS: [name: string, pattern: RegExp][] = [
  ['Windows Phone', /\bWindows Phone(?: OS)? (\d+)/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b.*?\bOS (\d+(?:_\d+)?)/],
  ['Android', /\bAndroid (\d+)/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
]
/** Windows stopped telling: 10 may be 11, and macOS says 10.15 for ever. */
const WINDOWS: Record<string, string> = { '6.1': 'Windows 7', '6.2': 'Windows 8', '6.3': 'Windows 8.1' }

const HINTED: Record<string, string> = {
  'Google Chrome': 'Chrome',
  Chromium: 'Chrome',
  'Microsoft Edge': 'Edge',
  Opera: 'Opera',
  Brave: 'Brave',
  'Samsung Internet': 'Samsung Internet',
}
const LONGEST = 1000

export function describeBrowser(userAgent: string, hints: Hints = {}): Described {
  const said = userAgent.slice(0, LONGEST)
  return { device: deviceOf(said, hints), browser: hintedBrowser(hints) ?? browserOf(said), os: systemOf(said, hints) }
}

function browserOf(said: string): string | null {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(said)?.[1]
    if (version !== undefined) return `${name} ${version}`
  }
  return null
}

/** Chromium is what others are built on: it counts only when nobody else is named. */
function hintedBrowser({ brands = [] }: Hints): string | null {
  const known = brands.filter(({ brand }) => brand in HINTED)
  const [first] = [...known.filter(({ brand }) => brand !== 'Chromium'), ...known]
  const version = first && /^\d{1,4}/.exec(first.version)?.[0]
  return first ? [HINTED[first.brand], version].filter(Boolean).join(' ') : null
}

function systemOf(said: string, { platform }: Hints): string | null {
  const windows = /\bWindows NT (\d+\.\d+)/.exec(said)?.[1]
  if (windows !== undefined) return WINDOWS[windows] ?? 'Windows'
  for (const [name, pattern] of SYSTEMS) {
    const match = pattern.exec(said)
    if (match) return [name, match[1]?.replace('_', '.')].filter(Boolean).join(' ')
  }
  return platform && /^[\w ]{2,20}$/.test(platform) ? platform : null
}

function deviceOf(said: string, { mobile }: Hints): DeviceKind {
  if (said.trim() === '') return 'unknown'
  if (/\biPad\b|\bTablet\b|\bKindle\b|\bSilk\//.test(said) || (/\bAndroid\b/.test(said) && !/\bMobile\b/.test(said))) {
    return 'tablet'
  }
  if (mobile === true || /\bMobi|\biPhone\b|\biPod\b|\bWindows Phone\b/.test(said)) return 'mobile'
  return /\bWindows\b|\bMacintosh\b|\bX11\b|\bCrOS\b|\bLinux\b/.test(said) ? 'desktop' : 'unknown'
}
