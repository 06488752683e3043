/**
 * How long after the click a conversation shows something, in Chromium, on the demo: `node_modules/node/bin/node scripts/measure-open.ts`.
 * With `--sign-in LINK` on an installation that runs already, such as one on the workspace that bench/seed fills.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import { Product } from '../e2e/harness/product.ts'
import e2e from '../e2e/playwright.config.ts'

const ROUNDS = 15
/** From the click to the first content. */
const LIMIT_MS = 100

interface Opened {
  /** Name, state and facts. */
  first: number
  /** What was said. */
  words: number
}

const given = process.argv.indexOf('--sign-in')
const link = given > 0 ? process.argv[given + 1] : undefined
const product = link ? null : await Product.start({ args: ['--demo'], env: { EARSHOT_LOG_LEVEL: 'info' } })
const browser = await chromium.launch(e2e.use!.launchOptions!)
try {
  if (product) await product.untilSaid(/visitors come now/, 300_000)
  await measure(browser, link ?? /Sign in at (\S+)/.exec(product!.said)![1]!)
} finally {
  await browser.close()
  await product?.stop()
}

async function measure(browser: Browser, signIn: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(signIn)
  for (const layout of ['split', 'table'] as const) {
    for (const hovered of [true, false]) {
      await page.goto(new URL(`/conversations?layout=${layout}`, signIn).href)
      await page.locator('[data-row]').nth(ROUNDS).waitFor()
      await page.waitForLoadState('networkidle').catch(() => {})
      const times: Opened[] = []
      for (let i = 0; i < ROUNDS; i++) times.push(await open(page, i, hovered, layout))
      tell(`${layout}, ${hovered ? 'pointer rests first' : 'clicked at once'}`, times)
    }
  }
}

/** Clicks a row that was not open yet, and waits for its name and for its words. */
async function open(page: Page, i: number, hovered: boolean, layout: 'split' | 'table'): Promise<Opened> {
  const row = page.locator('[data-row]').nth(i)
  if (hovered) {
    await row.hover()
    // As long as a hand needs to press after it arrived.
    await page.waitForTimeout(200)
  }
  return row.evaluate(async (element, inTable) => {
    const id = element.getAttribute('data-row')
    const frame = inTable ? '.drawer' : '.tcol'
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve))
      return performance.now()
    }
    const mark = (selector: string) => document.querySelector(`${frame} ${selector}`)
    for (const old of document.querySelectorAll('.tcol h2, .drawer h2, .bub, .infogrid'))
      old.setAttribute('data-old', '')
    const before = mark('h2')?.textContent
    const begun = performance.now()
    const target = element instanceof HTMLAnchorElement ? element : (element.querySelector('a') ?? element)
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }))
    const first = await until(() => location.pathname.includes(id!) && (mark('h2')?.textContent !== before || !before))
    const fresh = inTable ? '.infogrid' : '.bub:not([data-old])'
    const words = await until(() => mark(fresh) !== null)
    return { first: first - begun, words: words - begun }
  }, layout === 'table')
}

function tell(what: string, times: readonly Opened[]): void {
  const of = (part: keyof Opened) => {
    const sorted = times.map((one) => one[part]).toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0)
    return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms`
  }
  const worst = Math.max(...times.map(({ first }) => first))
  process.stdout.write(
    `${what}: first content ${of('first')}, worst ${worst.toFixed(0)} ms (limit ${LIMIT_MS}); words ${of('words')}\n`,
  )
}
