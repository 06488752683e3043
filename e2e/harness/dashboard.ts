/** The dashboard as an operator uses it: what stands where, by the names that a screen reader says. */
import type { Locator, Page } from '@playwright/test'

export class Dashboard {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Conversation list' })
  }
  row(text: string | RegExp): Locator {
    return this.list.getByRole('link').filter({ hasText: text })
  }
  get thread(): Locator {
    return this.page.getByRole('region', { name: 'Transcript' })
  }
  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }
  bubble(text: string | RegExp): Locator {
    return this.thread.locator('.bub').filter({ hasText: text })
  }
  get panel(): Locator {
    return this.page.getByRole('complementary', { name: 'Contact and intelligence' })
  }
  get live(): Locator {
    return this.page.getByRole('banner').getByRole('link', { name: /Open the connection test/ })
  }
  get reply(): Locator {
    return this.page.getByRole('textbox', { name: /^Reply to/ })
  }
  /** Who answers: the menu in the head of the conversation. */
  get control(): Locator {
    return this.page.getByRole('button', { name: /Change who answers/ })
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }
  toast(text: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: text })
  }
  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name }).or(this.page.getByRole('alertdialog', { name }))
  }

  /** A conversation of the queue, by its last words or its contact. */
  waiting(text: string | RegExp): Locator {
    return this.page.locator('.qrow').filter({ hasText: text })
  }
  async claim(): Promise<void> {
    await this.button(/^Claim/)
      .filter({ visible: true })
      .click()
    await this.reply.waitFor()
  }

  async takeOver(): Promise<void> {
    await this.button(/^Take over/).click()
    await this.dialog(/^Take over/)
      .getByRole('button', { name: 'Take over' })
      .click()
    await this.reply.waitFor()
  }

  async send(text: string): Promise<void> {
    await this.reply.fill(text)
    await this.reply.press('Enter')
  }
}
