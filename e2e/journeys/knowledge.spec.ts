/** Knowledge: brought in from a file, edited, brought back, and cited to a visitor. */
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()

test('a table of questions becomes articles, an edit is brought back, and the agent cites it', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const { page } = operator
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Knowledge' }).click()
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import knowledge' })
  await dialog.locator('input[type=file]').setInputFiles([
    {
      name: 'faq.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('question,answer\nWhen is the greenhouse heated?,From October until April.\n'),
    },
    { name: 'broken.docx', mimeType: 'application/zip', buffer: Buffer.from('not a document') },
  ])
  await expect(dialog.getByText('New: When is the greenhouse heated?')).toBeVisible()
  await expect(dialog.getByText('Not read: the file is broken')).toBeVisible()
  await dialog.getByRole('switch', { name: 'Publish at once' }).click()
  await dialog.getByRole('button', { name: 'Import 1 article' }).click()
  await page.getByRole('link', { name: /When is the greenhouse heated/ }).click()

  const text = page.getByRole('textbox', { name: 'Text' })
  await text.fill('Never.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Published. Agents use it from now on')).toBeVisible()
  await page.getByRole('button', { name: 'Versions' }).click()
  const versions = page.getByRole('dialog', { name: 'Versions' })
  await versions.getByRole('button', { name: /Version 1/ }).click()
  await versions.getByRole('button', { name: 'Bring back' }).click()
  await expect(text).toHaveValue('From October until April.')

  const visitor = await crowd.visitor(stage(), { name: 'Gil Moss' })
  await visitor.say('until when is the greenhouse heated?')
  await expect(visitor.bubble('greenhouse').locator('blockquote')).toContainText('From October until April.')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Questions this article answered' })).toContainText(
    'until when is the greenhouse heated?',
  )
})
