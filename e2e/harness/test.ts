/** The tests' own `test`: opens browsers for operators and visitors, and fails when anything forbidden happened in one. */
import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test'
import { Dashboard } from './dashboard.ts'
import { rememberTexts } from './ever-seen.ts'
import type { Person, Stage } from './stage.ts'
import { Watch } from './watch.ts'
import { Widget } from './widget.ts'

export { expect }

export class Crowd {
  private readonly newContext: (options: BrowserContextOptions) => Promise<BrowserContext>
  private readonly watches: Watch[] = []
  readonly contexts: BrowserContext[] = []

  constructor(newContext: (options: BrowserContextOptions) => Promise<BrowserContext>) {
    this.newContext = newContext
  }

  /** A browser of its own, watched. */
  async browser(
    stage: Pick<Stage, 'url'> & Partial<Stage>,
    options: BrowserContextOptions = {},
  ): Promise<BrowserContext> {
    const context = await this.newContext(options)
    this.watches.push(new Watch(context, [stage.url, ...(stage.site ? [stage.site.origin] : [])]))
    this.contexts.push(context)
    await rememberTexts(context)
    return context
  }

  /** Somebody who is signed in, at a screen. */
  async operator(
    stage: Stage,
    { as = stage.owner, at = '/conversations', ...options }: { as?: Person; at?: string } & BrowserContextOptions = {},
  ): Promise<Dashboard> {
    const context = await this.browser(stage, options)
    await context.addCookies(cookiesOf(as, stage.url))
    const page = await context.newPage()
    await page.goto(stage.url + at)
    return new Dashboard(page)
  }

  /** Somebody on the customer's website, with the chat open; a name is what the website tells of its customer. */
  async visitor(stage: Stage, { name, ...options }: { name?: string } & BrowserContextOptions = {}): Promise<Widget> {
    const context = await this.browser(stage, options)
    const page = await context.newPage()
    await page.goto(stage.site.url)
    const widget = Widget.embedded(page)
    await widget.open()
    if (name) await widget.identify({ name })
    return widget
  }

  /** Somebody who followed the link of the hosted chat. */
  async guest(stage: Stage, options: BrowserContextOptions = {}): Promise<Widget> {
    const { chatUrl } = await stage.channel('web')
    const context = await this.browser(stage, options)
    const page = await context.newPage()
    await page.goto(chatUrl!)
    return Widget.hosted(page)
  }

  get wrong(): string[] {
    return this.watches.flatMap((watch) => watch.wrong)
  }
}

const cookiesOf = ({ caller }: Person, url: string) =>
  caller.headers.cookie!.split('; ').map((pair) => {
    const [name, value] = pair.split(/=(.*)/s)
    return { name: name!, value: value!, url, httpOnly: true, sameSite: 'Lax' as const }
  })

export const test = base.extend<{ crowd: Crowd }>({
  crowd: async ({ browser }, use) => {
    const crowd = new Crowd((options) => browser.newContext(options))
    await use(crowd)
    for (const context of crowd.contexts) await context.close()
    expect(crowd.wrong, 'nothing forbidden happened in any browser').toEqual([])
  },
})
