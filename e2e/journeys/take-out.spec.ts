/** Taking conversations out, and deleting them: a transcript, a file of many, and a deletion that has to be typed. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/access.ts'
import { type Stage, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ furnish })
const TABLE = '/conversations?layout=table'

const rows = (page: Page) => page.getByRole('grid', { name: 'Conversations' }).locator('[data-of]')
const row = (page: Page, name: string) => rows(page).filter({ hasText: name })

test('the transcript of one conversation, as the chosen document, with notes or without', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE })
  await row(page, 'محمد').getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: 'Export transcript' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export transcript' })
  await expectAccessible(page, 'the question which document')
  await dialog.getByRole('radio', { name: /^Text/ }).check()
  await dialog.getByRole('checkbox', { name: /^Notes/ }).check()
  const coming = page.waitForEvent('download')
  await dialog.getByRole('link', { name: 'Download' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^conversation-\d+\.txt$/)
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain('أين طلبي')
  expect(text).toContain('Ask the warehouse')
  expect(text).not.toContain('Offer a voucher')
  await expect(dialog).toBeHidden()
})

test('a file of the list, its progress, and its download', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE })
  await expect(rows(page)).toHaveCount(4)
  await page.getByRole('button', { name: 'Export this list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export conversations' })
  await expect(dialog).toContainText('4 conversations, one row each.')
  await dialog.getByRole('radio', { name: /^Choose columns/ }).check()
  await expectAccessible(page, 'the question which columns')
  await dialog.getByRole('radio', { name: /^All/ }).check()
  await dialog.getByRole('button', { name: 'Export 4' }).click()
  await expect(dialog).toBeHidden()
  const tray = page.getByRole('region', { name: 'Background work' })
  const coming = page.waitForEvent('download')
  await tray.getByRole('link', { name: 'Download' }).click()
  const csv = readFileSync(await (await coming).path(), 'utf8')
  expect(csv.split('\n')).toHaveLength(6)
  expect(csv).toContain(`'=Evil`)
  await page.getByRole('button', { name: 'Export this list' }).click()
  await dialog.getByRole('button', { name: 'Downloads' }).click()
  const downloads = page.getByRole('dialog', { name: 'Downloads' })
  await expect(downloads.getByRole('listitem')).toHaveCount(1)
  await expect(downloads).toContainText('4 conversations')
  await expectAccessible(page, 'the downloads')
})

test('a deletion says what goes, wants to be typed, and everybody sees it', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE })
  const other = await crowd.operator(stage(), { at: TABLE })
  await expect(row(other.page, 'Greta')).toBeVisible()
  await row(page, 'Greta')
    .getByRole('button', { name: /^Delete the conversation with Greta/ })
    .click()
  const dialog = page.getByRole('alertdialog', { name: /^Delete the conversation with Greta/ })
  await expect(dialog.getByRole('list', { name: 'What goes with it' })).toContainText('2 messages')
  await expect(dialog.getByRole('button', { name: 'Archive instead' })).toBeVisible()
  await expectAccessible(page, 'the question before deleting')
  const verb = dialog.getByRole('button', { name: 'Delete for good' })
  await expect(verb).toBeDisabled()
  const field = dialog.getByLabel(/^Type \d+/)
  const number = /Type (\d+)/.exec((await dialog.textContent()) ?? '')?.[1] ?? ''
  await field.fill('no')
  await expect(verb).toBeDisabled()
  await field.fill(number)
  await verb.click()
  await expect(dialog).toBeHidden()
  for (const one of [page, other.page]) await expect(row(one, 'Greta')).toHaveCount(0)
  await page.reload()
  await expect(rows(page)).toHaveCount(3)
})

async function furnish(stage: Stage): Promise<void> {
  const said = (text: string) => [
    { externalId: '1', author: 'contact', text },
    { externalId: '2', author: 'agent', text: 'I look into it.' },
  ]
  const items = ['محمد', 'Greta', '=Evil', 'Otto'].map((name, i) => ({
    externalId: `out-${i}`,
    contact: { externalId: `p${i}`, name },
    messages: said(i === 0 ? 'أين طلبي؟' : 'Hello'),
  }))
  const { caller } = stage.owner
  const { body } = await stage.expect(caller.post('/api/v1/ingest/conversations', { items }))
  const [first] = body.results
  await stage.expect(caller.post(`/api/v1/conversations/${first.id}/notes`, { text: 'Ask the warehouse' }))
  await stage.expect(caller.post(`/api/v1/conversations/${first.id}/coaching`, { text: 'Offer a voucher' }))
}
