/** From an empty folder to the first hello; then the door: in, out, and closed everywhere else. */
import { Dashboard } from '../harness/dashboard.ts'
import { Product } from '../harness/product.ts'
import { OWNER, PASSWORD } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'
import { Widget } from '../harness/widget.ts'

test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => {
  product = await Product.start()
})
test.afterAll(() => product.stop())

test('the first visit sets up, and the chat link of the first-run page works at once', async ({ crowd }) => {
  const context = await crowd.browser(product)
  const page = await context.newPage()
  await page.goto(product.url)
  await expect(page).toHaveURL(/\/setup$/)

  await page.getByRole('button', { name: /Continue/ }).click()
  await expect(page.getByText('Write your name.')).toBeVisible()
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('too short')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Choose at least 10 characters.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByLabel('Name of the workspace').fill('Hearth & Kettle')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: /^Empty/ }).check()
  await page.getByRole('button', { name: /Create workspace/ }).click()

  await expect(page.getByRole('heading', { name: 'Ready for the first hello' })).toBeVisible()
  await expect(page.getByText(/<script .*data-channel=/)).toBeVisible()
  const opening = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open the chat' }).click()
  const chat = Widget.hosted(await opening)
  await chat.say('Hello there')
  await expect(chat.bubble('Hello! I am Ada of Hearth & Kettle.')).toBeVisible()
  // The list of what to do next knows it by itself.
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Say hello as a contact' }).getByText('Done'),
  ).toBeAttached()

  await page.goto(`${product.url}/setup`)
  await expect(page).toHaveURL(/\/conversations/)
  await expect(new Dashboard(page).row('Hello')).toBeVisible()
})

test('a wrong password is refused in plain words, the right one leads where one wanted to go', async ({ crowd }) => {
  const context = await crowd.browser(product)
  const page = await context.newPage()
  await page.goto(`${product.url}/knowledge`)
  await expect(page.getByRole('heading', { name: 'Sign in to Earshot' })).toBeVisible()
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Email or password is not right.')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/knowledge$/)

  await page.getByRole('button', { name: /User menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Earshot' })).toBeVisible()
  await page.goto(`${product.url}/conversations`)
  await expect(page).toHaveURL(/\/sign-in/)
})

test('sessions are listed, one is ended from another, and a new password ends the rest', async ({ crowd }) => {
  const enter = async (password: string) => {
    const page = await (await crowd.browser(product)).newPage()
    await page.goto(`${product.url}/settings/profile`)
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
    return page
  }
  const isOut = async (page: Awaited<ReturnType<typeof enter>>) => {
    await page.goto(`${product.url}/conversations`)
    await expect(page).toHaveURL(/\/sign-in/)
  }
  const [first, second, third] = [await enter(PASSWORD), await enter(PASSWORD), await enter(PASSWORD)]

  await third.reload()
  const others = third.getByRole('button', { name: /^Sign out Chrom/ })
  // The browser that set up is still signed in, too.
  await expect(others).toHaveCount(3)
  await others.first().click()
  await expect(others).toHaveCount(2)
  // The newest is listed first: that was the second browser.
  await isOut(second)

  await third.getByRole('button', { name: 'Change password' }).click()
  await third.getByLabel('Current password').fill(PASSWORD)
  await third.getByLabel('New password').fill('a wholly new password')
  await third.getByRole('button', { name: 'Change password' }).click()
  await expect(new Dashboard(third).toast('Password changed')).toBeVisible()
  await expect(others).toHaveCount(0)
  await isOut(first)
  await third.goto(`${product.url}/conversations`)
  await expect(third.getByRole('heading', { name: 'Conversations' })).toBeVisible()
  await enter('a wholly new password')
})
