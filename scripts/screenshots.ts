/** Draws the screenshots of the docs from the real product, filled with its demo: node scripts/screenshots.ts */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUT = join(ROOT, 'docs/screenshots')
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const CHROMIUM = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

interface Running {
  child: ChildProcess
  url: string
  signInUrl: string
}

async function startDemo(data: string): Promise<Running> {
  const args = [join(ROOT, 'apps/server/src/main.ts'), '--demo', '--port', '0', '--data', data]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout!) {
    said += chunk
    const url = /ready at (\S+)/.exec(said)?.[1]
    const signInUrl = /Sign in at (\S+)/.exec(said)?.[1]
    if (url && signInUrl) {
      child.stdout!.resume()
      return { child, url, signInUrl }
    }
  }
  throw new Error('the demo ended before it was ready')
}

/** Opens a conversation of the demo that says something, once enough of them are there and reviewed. */
async function openGoodOne(page: Page, url: string): Promise<void> {
  for (;;) {
    const answer = await page.request.get(
      `${url}/api/v1/conversations?channel=whatsapp&channel=widget&minQuality=40&limit=50`,
    )
    const { items } = (await answer.json()) as {
      items: { id: string; messageCount: number; contact: { name: string | null } }[]
    }
    const good = items.find((one) => one.messageCount >= 5 && one.contact.name)
    if (good) {
      await page.goto(`${url}/conversations/${good.id}`)
      return
    }
    await page.waitForTimeout(1000)
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {}) // a live stream is never idle
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(OUT, `${name}.png`) })
  process.stdout.write(`${name}\n`)
}

async function drawAll(browser: Browser, demo: Running): Promise<void> {
  const context = await browser.newContext({ viewport: DESK, colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(demo.signInUrl)
  await openGoodOne(page, demo.url)
  await shoot(page, 'conversations-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shoot(page, 'conversations-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  for (const screen of ['agents', 'knowledge']) {
    await page.goto(`${demo.url}/${screen}`)
    await shoot(page, screen)
  }
  await page.setViewportSize(PHONE)
  await page.goto(`${demo.url}/conversations`)
  await shoot(page, 'conversations-phone')
  const channels = (await (await page.request.get(`${demo.url}/api/v1/channels`)).json()) as {
    items: { kind: string; chatUrl: string | null }[]
  }
  const chat = channels.items.find((channel) => channel.chatUrl)?.chatUrl
  if (chat) await drawChat(browser, chat)
}

async function drawChat(browser: Browser, url: string): Promise<void> {
  const page = await (await browser.newContext({ viewport: PHONE })).newPage()
  await page.goto(url)
  await page.getByRole('textbox').fill('How long does delivery take?')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(4000)
  await shoot(page, 'widget')
}

mkdirSync(OUT, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'earshot-screenshots-'))
const demo = await startDemo(data)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM })
try {
  await drawAll(browser, demo)
} finally {
  await browser.close()
  demo.child.kill('SIGTERM')
  await new Promise((resolve) => demo.child.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
}
