/** The table: every filter through the screen, one query in two drawings, columns, saved views, order, bulk work, a phone. */
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/access.ts'
import type { Dashboard } from '../harness/dashboard.ts'
import { useStage } from '../harness/stage.ts'
import { countOf, FILTERS, furnish } from '../harness/table-filters.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ furnish })
const TABLE = '/conversations?layout=table'

const grid = (page: Page) => page.getByRole('grid', { name: 'Conversations' })
const rows = (page: Page) => grid(page).locator('[data-of]')
const row = (page: Page, name: string) => rows(page).filter({ hasText: name })
const total = (page: Page) => page.locator('.total')
const chip = (page: Page, text: string) =>
  page.locator('.chip').filter({ has: page.getByRole('button', { name: `Change filter ${text}` }) })

/** Opens the filter menu at a field, does something there, and applies it. */
async function filterBy(page: Page, field: string, set: (menu: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  const menu = page.getByRole('dialog', { name: 'Add filter' })
  await menu.getByRole('button', { name: new RegExp(`^${field}( \\d+)?$`) }).click()
  await set(menu)
  await menu.getByRole('button', { name: 'Apply' }).click()
  await expect(menu).toBeHidden()
}

test('every filter can be set, stands in the address, and goes by its cross', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE })
  await expect(total(page)).toHaveText('40', { timeout: 40_000 })
  for (const { field, tick, not, choose, chip: says, address, left } of FILTERS) {
    await filterBy(page, field, async (menu) => {
      if (not) await menu.getByRole('button', { name: 'is not' }).click()
      for (const value of tick ?? []) await menu.getByRole('checkbox', { name: value, exact: true }).check()
      if (choose) await menu.getByText(choose, { exact: true }).click()
    })
    await expect(chip(page, says), says).toBeVisible()
    expect(page.url(), says).toContain(address)
    await expect(total(page), says).toHaveText(String(left ?? (await countOf(stage(), address))))
    await chip(page, says)
      .getByRole('button', { name: /^Remove filter/ })
      .click()
    await expect(total(page)).toHaveText('40')
  }
})

test('quality and dates: fields, presets, and the calendar by keys alone', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE })
  await filterBy(page, 'Quality', async (menu) => {
    await menu.getByRole('spinbutton', { name: 'From' }).fill('60')
    await menu.getByRole('spinbutton', { name: 'To' }).fill('80')
  })
  await expect(chip(page, 'Quality between 60 and 80')).toBeVisible()
  await chip(page, 'Quality')
    .getByRole('button', { name: /^Remove filter/ })
    .click()

  await filterBy(page, 'Date', async (menu) => {
    await menu.getByRole('textbox', { name: 'From' }).fill('2026-03-10')
    await menu.getByRole('textbox', { name: 'To' }).fill('2026-03-12')
  })
  await expect(chip(page, 'Date from 10 Mar')).toBeVisible()
  await expect(chip(page, 'Date to 12 Mar')).toBeVisible()
  // Berlin's days: the first begins an hour before that of UTC.
  expect(page.url()).toContain('from=2026-03-09T23:00:00.000Z')
  expect(page.url()).toContain('to=2026-03-12T23:00:00.000Z')
  await expect(total(page)).toHaveText('3')

  await chip(page, 'Date from')
    .getByRole('button', { name: /^Change filter/ })
    .click()
  const menu = page.getByRole('dialog', { name: 'Add filter' })
  const calendar = menu.getByRole('grid')
  await calendar.getByRole('button', { name: /12 March 2026/ }).focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await expect(calendar.getByRole('button', { name: /20 March 2026, first day/ })).toBeFocused()
  for (const key of ['PageDown', 'Home', 'Enter']) await page.keyboard.press(key)
  await expect(calendar.getByRole('button', { name: /20 April 2026, last day/ })).toBeFocused()
  await menu.getByRole('button', { name: 'Apply' }).click()
  await expect(chip(page, 'Date from 20 Mar')).toBeVisible()
  await expect(chip(page, 'Date to 20 Apr')).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(total(page)).toHaveText('40')
  await filterBy(page, 'Date', (pane) => pane.getByRole('button', { name: '7 days' }).click())
  await expect(chip(page, 'Date within the last 7 days')).toBeVisible()
  await expect(total(page)).toHaveText('0')
  await expect(page.getByText('No conversation matches this filter')).toBeVisible()
})

test('another operator sees the same by the link; the order runs both ways and is always told', async ({ crowd }) => {
  const ben = await stage().hire('Ben Okoro')
  const { page } = await crowd.operator(stage(), { at: TABLE })
  await filterBy(page, 'Status', (menu) => menu.getByRole('checkbox', { name: 'Active', exact: true }).check())
  const header = grid(page).getByRole('columnheader', { name: 'Messages' })
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByRole('button', { name: 'Sorted by Messages, Smallest first. Change' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  const names = async (of: Page) => rows(of).locator('.who').allInnerTexts()
  const mine = await names(page)
  const other = await crowd.operator(stage(), { as: ben, at: page.url().replace(stage().url, '') })
  await expect(rows(other.page)).toHaveCount(mine.length)
  expect(await names(other.page)).toEqual(mine)
  await expect(chip(other.page, 'Status is Active')).toBeVisible()
})

test('both drawings show the same rows; switching keeps the open one', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: `${TABLE}&status=closed` })
  const { page } = operator
  await row(page, 'Person 31').getByText('Closed').click()
  await expect(page).toHaveURL(/conversations\/[\da-f-]{36}\?/)
  const panel = page
    .getByRole('region', { name: /conversation/i })
    .filter({ hasText: 'Person 31' })
    .last()
  await expect(panel.getByRole('heading', { name: 'Person 31' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, 'Person 31').locator('.who')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/conversations\/[\da-f-]{36}\?/)
  await page.evaluate(() => document.querySelector<HTMLElement>('.tbar .seg button')?.click())
  await expect(operator.row('Person 31')).toHaveAttribute('aria-current', 'true')
  await expect(operator.row('Person 31')).toBeInViewport()
  await expect(operator.thread).toBeVisible()
  await expect(operator.list.getByRole('link')).not.toHaveCount(0)
  await expect(chip(page, 'Status is Closed')).toBeVisible()
  // What was chosen last is how the list is drawn next time.
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await expect(row(page, 'Person 31')).toHaveClass(/open/)
  await page.goto(`${stage().url}/conversations`)
  await expect(grid(page)).toBeVisible()
})

test('columns: chosen, moved, pinned and made wider, and so again on another device', async ({ crowd }) => {
  const kim = await stage().hire('Kim Sato')
  const { page } = await crowd.operator(stage(), { as: kim, at: TABLE })
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: /^Columns, 11 of 20/ }).click()
  const menu = page.getByRole('dialog', { name: 'Columns' })
  await menu.getByRole('checkbox', { name: 'Show Tags' }).uncheck()
  await menu.getByRole('checkbox', { name: 'Show Stage' }).click() // shown, it stands in the other list
  await menu.getByRole('button', { name: 'Pin Agent' }).click()
  await menu.getByRole('button', { name: /^Move Stage/ }).press('ArrowUp')
  await page.keyboard.press('Escape')
  const resizer = grid(page).getByRole('slider', { name: 'Width of Status' })
  await resizer.focus()
  await resizer.press('ArrowRight')
  await expect(resizer).toHaveAttribute('aria-valuenow', '100')
  const drawn = ['', 'Contact', 'Agent', 'Channel', 'Status', 'Outcome', 'Messages', 'Rating', 'Quality', 'Date']
  const heads = (of: Page) => grid(of).getByRole('columnheader').allInnerTexts()
  await expect
    .poll(async () => (await heads(page)).map((text) => text.trim()))
    .toEqual([...drawn, 'Stage', 'Flagged', 'Actions'])
  const elsewhere = (await crowd.operator(stage(), { as: kim, at: TABLE })).page
  await expect
    .poll(async () => (await heads(elsewhere)).map((text) => text.trim()))
    .toEqual([...drawn, 'Stage', 'Flagged', 'Actions'])
  await expect(grid(elsewhere).getByRole('slider', { name: 'Width of Status' })).toHaveAttribute('aria-valuenow', '100')
})

test('a view is saved, shared, counted, changed, renamed and deleted', async ({ crowd }) => {
  const lea = await stage().hire('Lea Brandt')
  const operator = await crowd.operator(stage(), { at: `${TABLE}&status=closed&sort=agent` })
  const { page } = operator
  await page.getByRole('button', { name: 'Save view' }).click()
  const dialog = operator.dialog('Save view')
  await dialog.getByRole('textbox', { name: /Name/ }).fill('Closed ones')
  await dialog.getByRole('radio', { name: /Everyone/ }).check()
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await expect(dialog).toBeHidden()
  const tab = (of: Page) => of.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Closed ones/ })
  await expect(tab(page)).toHaveText(/20/)
  await expect(tab(page)).toHaveAttribute('aria-current', 'true')

  const other: Dashboard = await crowd.operator(stage(), { as: lea, at: TABLE })
  await tab(other.page).click()
  await expect(total(other.page)).toHaveText('20')
  await expect(chip(other.page, 'Status is Closed')).toBeVisible()
  await expect(other.page.getByRole('button', { name: /^Sorted by Agent/ })).toBeVisible()

  await filterBy(page, 'Outcome', (menu) => menu.getByRole('checkbox', { name: 'Failed', exact: true }).check())
  await page.getByRole('button', { name: 'Update view' }).click()
  await expect(operator.toast('Closed ones is updated')).toBeVisible()
  // Nobody has to reload to see the view, or its number, as it is now.
  await expect(tab(other.page)).toHaveText(/10/)
  await page.getByRole('button', { name: 'More about the view Closed ones' }).click()
  await page.getByRole('menuitem', { name: 'Delete view' }).click()
  await operator
    .dialog(/^Delete the view/)
    .getByRole('button', { name: 'Delete view' })
    .click()
  await expect(tab(page)).toHaveCount(0)
  await expect(tab(other.page)).toHaveCount(0)
})

test('rows are chosen by box, range and all; the stage of all is set as one job and taken back', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: `${TABLE}&channel=slack&sort=startedAt` })
  const { page } = operator
  await expect(total(page)).toHaveText('10')
  await rows(page).nth(1).getByRole('checkbox').click()
  await rows(page)
    .nth(4)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'What to do with the selection' })
  await expect(bar).toContainText('4 selected')
  await bar.getByRole('button', { name: 'Select all 10' }).click()
  await expect(bar).toContainText('10 selected')
  await rows(page).nth(0).getByRole('checkbox').click()
  await expect(bar).toContainText('9 selected')
  await bar.getByRole('button', { name: 'Stage' }).click()
  await page.getByRole('menuitem', { name: 'Spam' }).click()
  await expect(bar).toHaveCount(0)
  const spam = async () => (await stage().read<{ total: number }>('/api/v1/conversations/counts?stage=spam')).total
  await expect.poll(spam).toBe(9)
  const tray = page.locator('.toast.job')
  await expect(tray.getByRole('button', { name: /Undo/ })).toBeVisible()
  await tray.getByRole('button', { name: /Undo/ }).click()
  await expect.poll(spam).toBe(0)
})

test('by keys alone: move, choose, choose to here, open, go back', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: `${TABLE}&sort=startedAt` })
  await expect(rows(page).first()).toBeVisible()
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press('j')
  await expect(rows(page).first().locator('.who')).toBeFocused()
  await press('x', 'ArrowDown')
  await expect(rows(page).nth(1).locator('.who')).toBeFocused()
  await press('ArrowDown')
  await expect(rows(page).nth(2).locator('.who')).toBeFocused()
  await press('Shift+X')
  await expect(page.getByText('3 selected')).toBeVisible()
  await press('Escape')
  await expect(page.getByText('3 selected')).toHaveCount(0)
  await press('End')
  await expect(row(page, 'Person 39').locator('.who')).toBeFocused()
  await press('/')
  await page.keyboard.type('Person 7')
  await expect(total(page)).toHaveText('1')
})

test('live: a new conversation waits in its place while the pointer is inside, then comes in', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: `${TABLE}&channel=widget&statusNot=archived` })
  const { page } = operator
  await expect(rows(page).first()).toBeVisible()
  await rows(page).first().hover()
  const before = await rows(page).count()
  await stage().talk('Zoe Late', 'Hello, is anybody there?')
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await rows(page).count()).toBe(before)
  await page.keyboard.press('.')
  await expect(rows(page).first()).toContainText('Zoe Late')
})

test('on a phone: two lines a row, filters behind one button', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: TABLE, viewport: { width: 390, height: 844 }, hasTouch: true })
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Filters' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Add filter' }).click()
  await sheet.getByRole('button', { name: 'Status' }).click()
  await sheet.getByRole('checkbox', { name: 'Closed' }).check()
  await expectAccessible(page, 'the values of a filter on a phone')
  await sheet.getByRole('button', { name: 'Show 20' }).click()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await expect(total(page)).toHaveText('20')
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(390)
  await rows(page).first().click()
  await expect(page).toHaveURL(/conversations\/[\da-f-]{36}\?/)
})

test('light and dark, desk and phone: axe finds nothing serious', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: `${TABLE}&status=closed&sort=-rating` })
  await expect(rows(page).first()).toBeVisible()
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page, `the table, ${colorScheme}, ${viewport.width}`)
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await rows(page).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('dialog', { name: 'Add filter' }).getByRole('button', { name: 'Date' }).click()
  await expectAccessible(page, 'the calendar over a selection')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Columns/ }).click()
  await expectAccessible(page, 'the columns')
})
