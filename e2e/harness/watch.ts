/** What must never happen in any journey: a breach of the content security policy, a request to somebody else, an error in a page. */
import type { BrowserContext, ConsoleMessage } from '@playwright/test'

/** The browser's own lines about answers that the product expects (401, 404, 409) and about lines that a test has cut. */
const EXPECTED = /^Failed to load resource|net::ERR_|EventSource's response|Earshot: this chat does not exist/

export class Watch {
  readonly wrong: string[] = []
  private readonly origins: readonly string[]

  constructor(context: BrowserContext, origins: readonly string[]) {
    this.origins = origins
    context.on('request', (request) => this.noteRequest(request.url()))
    context.on('console', (message) => this.noteConsole(message))
    context.on('weberror', (error) => this.noteError(error.error()))
  }

  private noteError({ name, message, stack }: Error): void {
    this.wrong.push(`an error in a page: ${stack || `${name}: ${message}`}`)
  }

  private noteRequest(url: string): void {
    if (/^(data|blob|about):/.test(url) || this.origins.includes(new URL(url).origin)) return
    this.wrong.push(`a request to a foreign host: ${url}`)
  }

  private noteConsole(message: ConsoleMessage): void {
    const text = message.text()
    const isBreach = /content.security.policy|trusted ?types?/i.test(text)
    if (isBreach || (message.type() === 'error' && !EXPECTED.test(text))) this.wrong.push(`on the console: ${text}`)
  }
}
