/** What several tabs show, told to the server by the one that leads. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from './test/eventually.ts'
import { LiveServer } from './test/live-server.ts'
import { event } from './test/stage.ts'
import { Browser, numbered } from './test/tab.ts'

vi.setConfig({ testTimeout: 30_000 })

let server: LiveServer
let browser: Browser
beforeEach(async () => {
  server = await new LiveServer().start()
  browser = new Browser(server)
})
afterEach(() => {
  browser.close()
  server.close()
})
const openTab: Browser['openTab'] = (options) => browser.openTab(options)

test('the stream carries what all tabs show together', async () => {
  const [first, second] = [await openTab(), await openTab()]
  const told = (...ids: string[]) => eventually(() => expect(server.followed.at(-1)?.ids).toEqual(ids))
  first.feed.follow(['x'])
  await told('x')
  second.feed.follow(['y', 'x'])
  await told('x', 'y')
  first.feed.follow([])
  await told('y', 'x')
  second.feed.close()
  await told()
})

test('after a hand-over the new leader knows what the others show', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  third.feed.follow(['z'])
  second.feed.follow(['y'])
  await eventually(() => expect(server.followed.at(-1)?.ids.toSorted()).toEqual(['y', 'z']))
  first.feed.close()
  await eventually(() => expect(server.followed.at(-1)).toEqual({ streamId: 's2', ids: ['y', 'z'] }))
  expect(server.asked('/live').at(-1)?.follow).toEqual(['y'])
})

test('at most twenty conversations are followed, those of the leading tab first', async () => {
  const [first, second] = [await openTab(), await openTab()]
  second.feed.follow(numbered(1, 20))
  await eventually(() => expect(server.followed.at(-1)?.ids).toHaveLength(20))
  first.feed.follow(['mine'])
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual(['mine', ...numbered(1, 19)]))
})

test('a tab that has vanished is no longer counted after a minute', async () => {
  const [first, second] = [await openTab(), await openTab()]
  second.feed.follow(['y'])
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual(['y']))
  second.kill()
  first.clock.advance(35_000)
  server.happen(event('e1'))
  await first.saw('e1')
  first.clock.advance(35_000)
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual([]))
})
