/** Remembers every text that was ever drawn in a page and its frames, also for an instant, so that "never" can be checked. */
import type { BrowserContext, Page } from '@playwright/test'

/** Goes on in every page of the browser until it is closed; a reload begins anew. */
export async function rememberTexts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { textsEverSeen: seen })
    const note = (node: Node) => {
      const text = node.textContent
      if (text) seen.add(text)
    }
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === 'characterData') note(target)
        else addedNodes.forEach(note)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

/** Everything that was ever drawn, in one string. */
export async function textsEverSeen(page: Page): Promise<string> {
  const texts = await Promise.all(
    page
      .frames()
      .map((frame) => frame.evaluate(() => [...(window as unknown as { textsEverSeen: Set<string> }).textsEverSeen])),
  )
  return texts.flat().join('\n')
}
