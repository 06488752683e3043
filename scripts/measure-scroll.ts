/**
 * How smoothly the table and a long conversation scroll, in Chromium: `node_modules/node/bin/node scripts/measure-scroll.ts --sign-in LINK` on an
 * installation that runs already. A conversation of 5,000 messages is stored there first.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import e2e from '../e2e/playwright.config.ts'

const MESSAGES = 5_000
const STEPS = 200
/** A notch of a wheel, a little quicker than a hand turns it. */
const BY_PX = 300
/** A frame that takes longer is seen. */
const LIMIT_MS = 50

const given = process.argv.indexOf('--sign-in')
const link = given > 0 ? process.argv[given + 1] : undefined
if (!link) throw new Error('Name the link that the server printed: --sign-in http://…/api/auth/link/…')

const browser = await chromium.launch(e2e.use!.launchOptions!)
try {
  await measure(browser, link)
} finally {
  await browser.close()
}

async function measure(from: Browser, signIn: string): Promise<void> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(signIn)
  await page.locator('[data-row]').first().waitFor()
  const id = await storeLong(page, new URL(signIn).origin)
  await page.goto(new URL('/conversations?layout=table', signIn).href)
  await page.locator('[data-row]').nth(20).waitFor()
  await tell(page, 'table, down', '.tscroll', BY_PX)
  await page.goto(new URL(`/conversations/${id}`, signIn).href)
  await page.locator('.linerow').first().waitFor()
  await tell(page, `conversation of ${MESSAGES} messages, up`, '.thread', -BY_PX)
  await tell(page, `conversation of ${MESSAGES} messages, down again`, '.thread', BY_PX)
}

async function tell(page: Page, what: string, scroller: string, by: number): Promise<void> {
  await page.waitForTimeout(1_000)
  const frames = await page.evaluate(scrollThrough, { scroller, by, steps: STEPS })
  const sorted = frames.times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  const slow = sorted.filter((time) => time > LIMIT_MS).length
  process.stdout.write(
    `${what}: frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(0.999)} ms; ${slow} of ${sorted.length} over ${LIMIT_MS} ms; most rows drawn ${frames.rows}\n`,
  )
}

/** In the page: a step each frame, and how long each frame took. */
async function scrollThrough({ scroller, by, steps }: { scroller: string; by: number; steps: number }) {
  const element = document.querySelector(scroller)
  if (!element) throw new Error(`no ${scroller}`)
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const times: number[] = []
  let rows = 0
  let last = await frame()
  for (let i = 0; i < steps; i++) {
    element.scrollBy(0, by)
    const now = await frame()
    times.push(now - last)
    last = now
    rows = Math.max(rows, element.querySelectorAll('[data-row], .linerow').length)
  }
  return { times, rows }
}

async function storeLong(page: Page, origin: string): Promise<string> {
  const ask = async (path: string, data: object, headers: Record<string, string>) => {
    const answer = await page.request.post(origin + path, { data, headers })
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
    return answer.json()
  }
  const { key } = await ask('/api/v1/api-keys', { name: 'measure-scroll', scopes: ['ingest'] }, { origin })
  const begun = Date.now() - MESSAGES * 120_000
  const words = 'the roof of our house is old and the heat pump needs a grant which we hope to get before winter'.split(
    ' ',
  )
  const said = (i: number) =>
    Array.from({ length: 5 + ((i * 7) % 60) }, (_, k) => words[(i + k) % words.length]).join(' ')
  const messages = Array.from({ length: MESSAGES }, (_, i) => ({
    externalId: `m${i}`,
    author: i % 3 === 0 ? 'contact' : 'agent',
    text: i % 11 === 0 ? `${said(i)}\n\n| a | b |\n|---|---|\n| 1 | 2 |` : said(i),
    at: new Date(begun + i * 120_000).toISOString(),
  }))
  const conversation = { externalId: `scroll-${begun}`, agent: 'Long', contact: { name: 'Lena Long' }, messages }
  const reply = await ask('/api/v1/ingest/conversations', { items: [conversation] }, { authorization: `Bearer ${key}` })
  return reply.results[0].id
}
