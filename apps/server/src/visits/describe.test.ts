/** Small rules of visits: what a browser is called, where a visit came from, which addresses may be kept. */
import { expect, test } from 'vitest'
import { goesOn } from './choose-visit.ts'
import { campaignOf, pageAddress, referrerHost, trafficSource } from './source.ts'
import { describeBrowser } from './user-agent.ts'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
    'desktop',
    'Chrome 142',
    'Windows',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
    'desktop',
    'Edge 142',
    'Windows',
  ],
  [
    `Mozilla/5.0 (Windows NT 6.1) ${WEBKIT} Chrome/109.0.0.0 Safari/537.36 OPR/95.0.0.0`,
    'desktop',
    'Opera 95',
    'Windows 7',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    'desktop',
    'Safari 26.1',
    'macOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'desktop', 'Firefox 145', 'Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
    'mobile',
    'Safari 19.1',
    'iOS 19.1',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1',
    'mobile',
    'Chrome 142',
    'iOS 18.6',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1',
    'tablet',
    'Safari 17.7',
    'iOS 17.7',
  ],
  [
    `Mozilla/5.0 (Linux; Android 16; Pixel 9) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
    'mobile',
    'Chrome 142',
    'Android 16',
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; SM-X710) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36`,
    'tablet',
    'Samsung Internet 28',
    'Android 14',
  ],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
    'desktop',
    'Chrome 142',
    'ChromeOS',
  ],
  ['curl/8.5.0', 'unknown', null, null],
  ['', 'unknown', null, null],
  ['x'.repeat(100_000), 'unknown', null, null],
])('%s', (userAgent, device, browser, os) => {
  expect(describeBrowser(userAgent)).toEqual({ device, browser, os })
})

test('client hints are believed before the user agent, and cannot say anything they like', () => {
  const said = `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`
  const brands = [
    { brand: 'Not A(Brand', version: '8' },
    { brand: 'Chromium', version: '142' },
    { brand: 'Brave', version: '142' },
  ]
  expect(describeBrowser(said, { brands, platform: 'Linux', mobile: false }).browser).toBe('Brave 142')
  const odd = { brands: [{ brand: '<b>', version: '<i>' }], platform: '<script>' }
  expect(describeBrowser('nothing known', odd)).toEqual({ device: 'unknown', browser: null, os: null })
})

test.each([
  [null, null, 'Direct'],
  ['letter', 'www.google.com', 'letter'],
  [null, 'www.google.co.uk', 'Google'],
  [null, 'google.com.evil.example', 'google.com.evil.example'],
  [null, 'notgoogle.com', 'notgoogle.com'],
  [null, 't.co', 'X'],
  [null, 'blog.example', 'blog.example'],
])('utm_source %s and the referrer %s are the source %s', (utm, host, source) => {
  expect(trafficSource(utm, host)).toBe(source)
})

test.each([
  ['https://ada:secret@shop.example/a?token=1&access_token=2&x=3&password=4#top', 'https://shop.example/a?x=3#top'],
  ['https://shop.example/#access_token=abc', 'https://shop.example/'],
  ['javascript:alert(1)', null],
  ['about:blank', null],
  ['no address', null],
])('of %s is kept %s', (url, kept) => {
  expect(pageAddress(url)).toBe(kept)
})

test('a page of the same website is no referrer', () => {
  expect(referrerHost('https://shop.example/a', 'https://shop.example/b')).toBeNull()
  expect(referrerHost('android-app://com.google', 'https://shop.example/b')).toBeNull()
})

test('a campaign is cut, and begins a visit only where it is named and another', () => {
  expect(campaignOf(`https://shop.example/?utm_source=${'x'.repeat(500)}`).source).toHaveLength(200)
  const at = new Date('2026-11-21T12:00:00Z')
  const visit = {
    startedAt: at,
    lastAt: at,
    utmSource: 'letter',
    utmMedium: null,
    utmCampaign: null,
    utmTerm: null,
    utmContent: null,
  }
  const later = (ms: number, query = '') => ({ at: new Date(at.getTime() + ms), url: `https://shop.example/${query}` })
  expect(goesOn(visit, later(29 * 60_000))).toBe(true)
  expect(goesOn(visit, later(30 * 60_000))).toBe(false)
  expect(goesOn(visit, later(1000, '?utm_source=letter'))).toBe(true)
  expect(goesOn(visit, later(1000, '?utm_source=mail'))).toBe(false)
  const day = 24 * 60 * 60_000
  expect(goesOn({ ...visit, lastAt: later(day - 1000).at }, later(day - 1))).toBe(true)
  expect(goesOn({ ...visit, lastAt: later(day - 1000).at }, later(day))).toBe(false)
})
