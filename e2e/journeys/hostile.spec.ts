/** Whatever a customer, a model or a stored conversation says stays text: no script, no handler, no request, no lie about a link. */
import type { Page } from '@playwright/test'
import type { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import type { Dashboard } from '../harness/dashboard.ts'
import { END, HOSTILE } from '../harness/hostile.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let model: ModelStandIn
const stage = useStage({
  furnish: async (stage) => {
    model = await stage.connectModel()
  },
})

test('said by a contact', async ({ crowd }) => {
  model.play({ say: ['Pardon?'] })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: '<img src=x onerror=window.pwned=1>' })
  await visitor.say('I want to talk to a human please')
  await operator.list.getByRole('link').first().click()
  await operator.takeOver()
  for (const text of packed(HOSTILE)) await visitor.say(text)
  await visitor.say(END)
  for (const screen of [visitor, operator]) {
    await expect(screen.bubble(END)).toBeVisible({ timeout: 30_000 })
    for (const text of HOSTILE) await expectSaid(screen.bubble(''), text)
    await expectHarmless(screen.page)
  }
  // What a contact writes is never a link or anything else but text.
  await expect(operator.log.locator('.turn.cu').locator('a, img, strong, table, code')).toHaveCount(0)
})

test('said by an operator and by an agent, also in the middle of being written', async ({ crowd }) => {
  test.slow()
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  for (const [i, text] of packed(HOSTILE).entries()) {
    model.play({ say: [...inPieces(text), `\n\nEnd of ${i}.`] })
    await visitor.say(`Number ${i}?`)
    if (i === 0) await operator.row('Jonas Berg').click()
    for (const screen of [visitor, operator])
      await expect(screen.bubble(`End of ${i}.`)).toBeVisible({ timeout: 30_000 })
    await expectHarmless(operator.page)
    await expectHarmless(visitor.page)
  }
  await operator.takeOver()
  const [conversation] = (await stage().conversations()).filter(({ contact }) => contact.name === 'Jonas Berg')
  for (const text of [...HOSTILE, END]) {
    await stage().expect(
      stage().owner.caller.post(`/api/v1/conversations/${conversation!.id}/messages`, {
        text,
        clientKey: crypto.randomUUID(),
      }),
    )
  }
  for (const screen of [visitor, operator]) {
    await expect(screen.bubble(END)).toBeVisible({ timeout: 30_000 })
    await expectHarmless(screen.page)
    await screen.page.reload()
    if (screen === visitor) await visitor.open()
    await expect(screen.bubble(END)).toBeVisible({ timeout: 30_000 })
    await expectHarmless(screen.page)
  }
})

test('in everything else a stored conversation holds', async ({ crowd }) => {
  const [script, image, link] = [HOSTILE[0]!, HOSTILE[1]!, HOSTILE[22]!]
  const messages = HOSTILE.slice(0, 45).flatMap((text, i) => [
    {
      externalId: `c${i}`,
      author: 'contact',
      text,
      attachments: [{ name: text.slice(0, 200), url: 'https://evil.example/spy.png', mediaType: 'image/png' }],
    },
    {
      externalId: `f${i}`,
      author: 'agent',
      functionCall: { name: text.slice(0, 60), parameters: { [text.slice(0, 60)]: text }, result: text, status: 'ok' },
    },
    { externalId: `a${i}`, author: 'agent', text, authorName: script },
  ])
  const item = {
    externalId: 'hostile',
    agent: image.slice(0, 90),
    flow: script,
    title: link,
    contact: { name: script, email: image, phone: 'javascript:pwned=1', externalId: 'javascript:window.pwned=1' },
    tags: [{ key: 'k', value: '<b onclick=window.pwned=1>' }],
    memory: { [script.slice(0, 90)]: image, note: link },
    rating: { stars: 1, comment: image },
    messages,
  }
  const { body } = await stage().expect(stage().owner.caller.post('/api/v1/ingest/conversations', { items: [item] }))
  expect(body.results[0]).toEqual({ externalId: 'hostile', id: expect.any(String), status: 'created' })
  const operator = await crowd.operator(stage(), { at: `/conversations/${body.results[0].id}` })
  await expect(operator.thread.locator('.bub').first()).toBeVisible()
  await operator.panel.getByRole('button', { name: 'Review now' }).click()
  await expect(operator.panel.getByText(/Written by/)).toBeVisible()
  await expectHarmlessAllAlong(operator)
  await operator.page.keyboard.press('Control+k')
  await operator.page.keyboard.type('<script>')
  await expect(operator.page.getByRole('option').first()).toBeVisible()
  await expectHarmless(operator.page)
})

/** A long conversation draws what is in sight: it is walked from its end to its beginning, and all that is folded is unfolded. */
async function expectHarmlessAllAlong({ page, thread }: Dashboard): Promise<void> {
  const folded = page.locator('details:not([open]) > summary')
  for (let above = Number.POSITIVE_INFINITY; ; ) {
    while ((await folded.count()) > 0) await folded.first().click()
    await expectHarmless(page)
    const top = await thread.evaluate((box) => {
      box.scrollBy({ top: -box.clientHeight * 0.7 })
      return box.scrollTop
    })
    if (top >= above) return
    above = top
  }
}

/** A few strings in one message, so that a visitor stays below the limit of messages a minute. */
function packed(texts: readonly string[]): string[] {
  const size = 5
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, i) =>
    texts.slice(i * size, (i + 1) * size).join('\n\n'),
  )
}

const inPieces = (text: string): string[] => text.match(/[\s\S]{1,23}/gu) ?? []

async function expectSaid(bubbles: ReturnType<Page['locator']>, text: string): Promise<void> {
  const words = (await bubbles.allTextContents()).join('\n')
  expect(words.replace(/\s+/g, ' ')).toContain(text.replace(/\s+/g, ' ').trim())
}

/** Looks at every element of the page and of its frames. */
async function expectHarmless(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() => {
      const bad: string[] = []
      const say = (element: Element, why: string) => bad.push(`${why}: ${element.outerHTML.slice(0, 200)}`)
      const ours = (url: string) =>
        /^(blob:|data:image\/(png|gif|jpeg|webp)|data:,)/.test(url) ||
        new URL(url, location.href).origin === location.origin
      for (const element of document.querySelectorAll('body *')) {
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) say(element, 'a handler')
          if (
            /^\s*(javascript|vbscript|data:text|file|blob):/i.test(value) &&
            /^(href|src|action|formaction|xlink:href)$/.test(name)
          )
            say(element, 'a dangerous address')
        }
        if (
          /^(script|object|embed|base|meta|link|style|form|video|audio|source|template|math|use|animate)$/i.test(
            element.localName,
          ) &&
          element.closest('.thread, [role=log], .icol, .lcol, [role=dialog]')
        ) {
          if (!(element.localName === 'form' && !element.hasAttribute('action')))
            say(element, 'an element that has no business here')
        }
        if (element instanceof HTMLImageElement && !ours(element.src)) say(element, 'a remote picture')
        if (element instanceof HTMLAnchorElement && element.closest('.thread, [role=log], .icol')) {
          if (!/^(https?|mailto|tel):$/.test(element.protocol)) say(element, 'a link to nowhere good')
          const other = element.origin !== location.origin
          if (other && !/noopener/.test(element.rel)) say(element, 'a link that hands over this page')
          const shown = `${element.textContent}${element.nextSibling?.textContent ?? ''}`
          if (
            other &&
            /^https?:/.test(element.protocol) &&
            /hearth\.example/.test(shown) &&
            !shown.includes(element.host)
          )
            say(element, 'a link that lies')
        }
      }
      if ('pwned' in window) bad.push('a script ran')
      return bad
    })
    expect(found).toEqual([])
  }
}
