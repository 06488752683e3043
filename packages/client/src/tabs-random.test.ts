/** Tabs under random acts: opened, closed, killed, asleep, deaf, cut off. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './test/eventually.ts'
import { LiveServer } from './test/live-server.ts'
import { event } from './test/stage.ts'
import { Browser, numbered, type Tab } from './test/tab.ts'

let server: LiveServer
beforeAll(async () => {
  server = await new LiveServer().start()
})
afterAll(() => server.close())

const act = fc.tuple(
  fc.constantFrom('event', 'event', 'event', 'open', 'close', 'kill', 'sleep', 'wake', 'lose', 'cut', 'time'),
  fc.nat(),
)
/** Room for messages to arrive, or not to: nothing below depends on which. */
const breathe = () => new Promise((done) => setTimeout(done, 3))

test('whatever the tabs and the network do, every tab that is left has seen everything once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const browser = new Browser(server)
      const tabs: { tab: Tab; from: number }[] = []
      let count = 0
      const open = async () => tabs.push({ tab: await browser.openTab(), from: count + 1 })
      await open()
      const does: Record<string, (at: number) => unknown> = {
        event: () => server.happen(event(`e${++count}`)),
        // A tab can only take its place while the leader answers.
        open: () => (tabs.length < 4 && tabs.every((t) => !t.tab.wire.holdsOut) ? open() : undefined),
        close: (at) => tabs.length > 1 && tabs.splice(at, 1)[0]?.tab.feed.close(),
        kill: (at) => tabs.length > 1 && tabs.splice(at, 1)[0]?.tab.kill(),
        sleep: (at) => Object.assign(tabs[at]!.tab.wire, { holdsIn: true, holdsOut: true }),
        wake: (at) => tabs[at]!.tab.wire.letGo(),
        lose: (at) => tabs[at]!.tab.wire.lose(),
        cut: () => server.cut(),
        time: (at) => tabs[at]!.tab.clock.advance(10_000),
      }
      for (const [what, who] of acts) {
        await does[what]?.(who % tabs.length)
        await breathe()
      }
      for (const { tab } of tabs) tab.wire.letGo()
      await eventually(() => {
        for (const { tab } of tabs) tab.clock.advance(5_000)
        for (const { tab, from } of tabs) {
          // A tab may start where a leader that is reconnecting stands, which is before the present.
          expect(tab.seen.length).toBeGreaterThanOrEqual(count + 1 - from)
          expect(tab.seen).toEqual(numbered(count + 1 - tab.seen.length, count))
        }
      })
      browser.close()
    }),
    { numRuns: 25 },
  )
}, 60_000)
