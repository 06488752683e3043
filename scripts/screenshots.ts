/** Draws the pictures of the docs from the running product: `node_modules/node/bin/node scripts/screenshots.ts [name…]`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Conversation, Entry } from '@earshot/contracts'
import { type APIRequestContext, type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { Dashboard } from '../e2e/harness/dashboard.ts'
import { serveForeignPage } from '../e2e/harness/foreign-page.ts'
import { Product, repositoryDir } from '../e2e/harness/product.ts'
import { OWNER, PASSWORD } from '../e2e/harness/stage.ts'
import { Widget } from '../e2e/harness/widget.ts'
import e2e from '../e2e/playwright.config.ts'

const FOLDER = join(repositoryDir, 'docs/screenshots')
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const REPLY = 'I have read everything above, so you need not say it again. I am paying it out now.'

const IN_DEMO = [
  'conversations-light',
  'conversations-dark',
  'conversations-phone',
  'agents',
  'knowledge',
  'calls',
  'call-ended',
  'insights',
  'review-queue',
  'quality',
]

type Look = Pick<BrowserContextOptions, 'colorScheme' | 'viewport' | 'isMobile' | 'hasTouch'>
type Picture = (page: Page) => Promise<void>

const wanted = process.argv.slice(2)
const isWanted = (...names: string[]) => wanted.length === 0 || names.some((name) => wanted.includes(name))

mkdirSync(FOLDER, { recursive: true })
const browser = await chromium.launch(e2e.use!.launchOptions!)
try {
  if (isWanted('setup', 'first-run', 'widget')) await drawEmpty(browser)
  if (isWanted(...IN_DEMO)) await drawDemo(browser)
} finally {
  await browser.close()
}

/** A new installation: setting up, the first steps, and a first visitor. */
async function drawEmpty(browser: Browser): Promise<void> {
  const product = await Product.start()
  try {
    await draw(browser, 'setup', {}, async (page) => {
      await page.goto(product.url)
      await page.getByLabel('Your name').fill(OWNER.name)
      await page.getByLabel('Email').fill(OWNER.email)
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.keyboard.press('Enter')
      await page.getByLabel('Name of the workspace').fill('Hearth & Kettle')
      await page.keyboard.press('Enter')
      await page.getByRole('radio', { name: /sample conversations/ }).waitFor()
    })
    const snippet = await setUpAndDraw(browser, product)
    await drawWidget(browser, snippet)
  } finally {
    await product.stop()
  }
}

async function setUpAndDraw(browser: Browser, product: Product): Promise<string> {
  let snippet = ''
  await draw(
    browser,
    'first-run',
    {},
    async (page) => {
      await page.goto(product.url)
      const data = { ...OWNER, password: PASSWORD, workspaceName: 'Hearth & Kettle', start: 'empty' }
      await page.request.post('/api/v1/setup', { data, headers: { origin: product.url } })
      await page.goto('/welcome')
      const code = page.locator('.snippet pre')
      await code.waitFor()
      snippet = await code.innerText()
    },
    product.url,
  )
  return snippet
}

async function drawWidget(browser: Browser, snippet: string): Promise<void> {
  const site = await serveForeignPage(snippet)
  await draw(browser, 'widget', { viewport: { width: 1024, height: 768 } }, async (page) => {
    await page.goto(site.url)
    const widget = Widget.embedded(page)
    await widget.open()
    await widget.say('Hello! How long does delivery take?')
    await widget.bubble('3 to 5 working days').waitFor()
    await widget.say('And what does express shipping cost?')
    await widget.bubble('9.90').waitFor()
  })
  await site.stop()
}

/** The workspace of the demo, with visitors who talk. */
async function drawDemo(browser: Browser): Promise<void> {
  const product = await Product.start({ args: ['--demo'], env: { EARSHOT_LOG_LEVEL: 'info', EARSHOT_HUB_PORT: '0' } })
  try {
    await product.untilSaid(/visitors come now/, 300_000)
    const signInUrl = /Sign in at (\S+)/.exec(product.said)![1]!
    const entry = await browser.newContext({ baseURL: product.url })
    await (await entry.newPage()).goto(signInUrl)
    const storageState = await entry.storageState()
    const showpiece = await findShowpiece(entry.request)
    await entry.close()
    const inside: Inside = async (name, look, picture) => {
      if (isWanted(name)) await draw(browser, name, look, picture, product.url, storageState)
    }
    const open = async (page: Page) => {
      await page.goto(`/conversations/${showpiece}`)
      await page.locator('.crow').nth(5).waitFor()
      return new Dashboard(page)
    }
    await inside('conversations-light', {}, async (page) => {
      const operator = await open(page)
      await operator.takeOver()
      await operator.send(REPLY)
      await operator.log.locator('.bub').filter({ hasText: REPLY }).waitFor()
      await operator.panel.getByRole('button', { name: 'Review now' }).click()
      await operator.panel.getByText(/Written by/).waitFor()
    })
    await inside('conversations-dark', { colorScheme: 'dark' }, async (page) => {
      await (await open(page)).log.locator('.bub').last().waitFor()
    })
    await inside('conversations-phone', { viewport: PHONE, isMobile: true, hasTouch: true }, async (page) => {
      await page.goto('/conversations')
      await page.locator('.crow').nth(5).waitFor()
    })
    await inside('agents', {}, async (page) => {
      await page.goto('/agents')
      await page.getByRole('region', { name: 'Identity' }).getByRole('textbox', { name: 'Name' }).waitFor()
    })
    await inside('knowledge', {}, async (page) => {
      await page.goto('/knowledge')
      await page.getByRole('link', { name: /Shipping and delivery/ }).click()
      await page.getByRole('textbox', { name: 'Title' }).waitFor()
    })
    await drawReviews(inside)
    await drawCalls(inside)
  } finally {
    await product.stop()
  }
}

type Inside = (name: string, look: Look, picture: Picture) => Promise<void>

async function drawReviews(inside: Inside): Promise<void> {
  await inside('insights', {}, async (page) => {
    await page.goto('/insights')
    await page.getByRole('article').nth(2).waitFor()
  })
  await inside('review-queue', {}, async (page) => {
    await page.goto('/review-queue')
    await page
      .getByRole('complementary', { name: 'Judgement' })
      .getByRole('group', { name: /^Points for/ })
      .waitFor()
  })
  await inside('quality', {}, async (page) => {
    await page.goto('/quality')
    await page.getByRole('img').first().waitFor()
  })
}

/** A call of the demo that somebody listens to, and one that is over, with its recording. */
async function drawCalls(inside: Inside): Promise<void> {
  await inside('calls', {}, async (page) => {
    await page.goto('/calls')
    await page.locator('.line').nth(4).waitFor({ timeout: 120_000 })
    await page.keyboard.press('l')
    await page.getByText('You are listening, muted').waitFor()
    await page.waitForTimeout(4000)
  })
  await inside('call-ended', {}, async (page) => {
    let ended: Conversation | undefined
    while (!ended) {
      const { items } = await (await page.request.get('/api/v1/conversations?channel=voip&status=closed')).json()
      ended = items.find(({ hasAudio, quality }: Conversation) => hasAudio && quality !== null)
      if (!ended) await page.waitForTimeout(1000)
    }
    await page.goto(`/calls/${ended.id}`)
    await page.getByRole('button', { name: '1.5×' }).waitFor({ timeout: 120_000 })
  })
}

/** A conversation that shows most: its agent used a function and passed it on to a person. */
async function findShowpiece(request: APIRequestContext): Promise<string> {
  const read = async <T>(path: string): Promise<T[]> => (await (await request.get(path)).json()).items
  for (const { id, control, channel } of await read<Conversation>('/api/v1/conversations?status=active&limit=200')) {
    if (control !== 'queue' || channel.kind === 'voip') continue
    const entries = await read<Entry>(`/api/v1/conversations/${id}/entries?limit=200`)
    if (!entries.some(({ kind }) => kind === 'function_call')) continue
    return id
  }
  throw new Error('no conversation of the demo waits for a person')
}

/** Opens a browser of its own, lets `picture` arrange the page, and keeps what it shows. */
async function draw(
  browser: Browser,
  name: string,
  look: Look,
  picture: Picture,
  baseURL?: string,
  storageState?: BrowserContextOptions['storageState'],
): Promise<void> {
  const context = await browser.newContext({
    baseURL,
    storageState,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: DESK,
    colorScheme: 'light',
    ...look,
  })
  const page = await context.newPage()
  await picture(page)
  await page.evaluate(() => document.fonts.ready)
  if (isWanted(name))
    await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' })
  await context.close()
}
