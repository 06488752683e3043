/** A visitor chats on a foreign page, and the operator's screen shows it as it happens. */
import { PassThrough } from 'node:stream'
import type { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let model: ModelStandIn
const stage = useStage({
  furnish: async (stage) => {
    model = await stage.connectModel()
  },
})

test('what is said and typed on either side shows on the other, word by word', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage())
  await visitor.open()
  await visitor.say('Do you ship to Norway?')
  await operator.row('Do you ship to Norway?').click()
  await expect(operator.bubble('Do you ship to Norway?')).toBeVisible()

  words.write('Yes, we')
  await expect(operator.bubble('Yes, we')).toBeVisible()
  await expect(visitor.bubble('Yes, we')).toBeVisible()
  words.write(' ship to **Norway**.')
  await expect(operator.bubble('Yes, we ship to Norway.')).toBeVisible()
  await expect(visitor.bubble('Yes, we ship to Norway.').locator('strong')).toHaveText('Norway')
  words.end()
  await expect(operator.log.locator('.bub').filter({ hasText: 'Yes, we ship to Norway.' })).toBeVisible()
})
