/** The chat as a visitor meets it: in the widget of a foreign page, or on the hosted page. */
import type { FrameLocator, Locator, Page } from '@playwright/test'

export class Widget {
  readonly page: Page
  /** The document the chat lies in. */
  readonly inside: FrameLocator | Page

  private constructor(page: Page, inside: FrameLocator | Page) {
    this.page = page
    this.inside = inside
  }

  static embedded = (page: Page): Widget => new Widget(page, page.frameLocator('earshot-widget iframe'))
  static hosted = (page: Page): Widget => new Widget(page, page)

  get launcher(): Locator {
    return this.page.locator('earshot-widget').getByRole('button')
  }
  get log(): Locator {
    return this.inside.getByRole('log')
  }
  get field(): Locator {
    return this.inside.locator('.composer').getByRole('textbox')
  }
  /** One said thing. */
  bubble(text: string | RegExp): Locator {
    return this.log.locator('.bub').filter({ hasText: text })
  }

  async open(): Promise<void> {
    await this.launcher.click()
    await this.field.waitFor()
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  /** Tells the widget who the visitor is, as a website does for its signed-in customers. */
  async identify(who: { name?: string; email?: string }): Promise<void> {
    await this.page.evaluate(
      (given) => (window as unknown as { Earshot(...args: unknown[]): void }).Earshot('identify', given),
      who,
    )
  }
}
