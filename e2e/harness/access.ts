/** What axe finds on a page and in its frames, by the rules of WCAG 2.2 A and AA: nothing serious, nothing critical. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

export async function expectAccessible(page: Page, what: string, within?: string): Promise<void> {
  await settle(page)
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(TAGS)
  if (within) axe.include(within)
  // A page without frames needs no second page to put the findings together, which takes longer than finding them.
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
  expect.soft(grave, what).toEqual([])
}

/** Colours are measured when nothing is half-way to another one. */
async function settle(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(async () => {
      const moving = () =>
        document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
      await Promise.allSettled(moving().map((animation) => animation.finished))
    })
  }
}
