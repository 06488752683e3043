/** What customers' pages are asked to load stays small: measured on a real build, compressed as servers do. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

const LOADER_BYTES = 3000
/** The loader, the app and its style: what every visitor who chats loads (ADR 0007). */
const WHOLE_BYTES = 35_000
/** Counted apart: loaded when the microphone is first pressed. It has its words in six languages (ADR 0007). */
const VOICE_BYTES = 2_900
/** Counted apart: loaded by who calls. With the sound thread's script, and its words in six languages (ADR 0045). */
const CALL_BYTES = 15_000
/** Counted apart: only visitors who agreed to be tracked, on channels that track, ever load it (ADR 0016). */
const TRACKER_BYTES = 7_500

let files: Map<string, string>
beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production') // the runner's own would build with help for developers
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  const built = await build({ configFile, logLevel: 'error', build: { write: false } })
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  files = new Map(outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]))
  vi.unstubAllEnvs()
}, 60_000)

const size = (code: string): number => gzipSync(code, { level: 9 }).length
const named = (pattern: RegExp): string => [...files].find(([name]) => pattern.test(name))?.[1] ?? ''

test('the loader is at most 3 kB, the whole widget with it at most 35 kB; what few need comes apart', () => {
  expect(
    [...files.keys()].map((name) => name.replace(/(app|tracker|VoiceNote|CallPanel|worklet)-[\w-]+/, '$1')).toSorted(),
  ).toEqual([
    'assets/CallPanel.js',
    'assets/VoiceNote.js',
    'assets/app.css',
    'assets/app.js',
    'assets/tracker.js',
    'assets/worklet.js',
    'widget.js',
  ])
  expect(size(named(/^widget\.js$/))).toBeLessThanOrEqual(LOADER_BYTES)
  const always = [...files].filter(([name]) => !/tracker|VoiceNote|CallPanel|worklet/.test(name))
  expect(always.reduce((sum, [, code]) => sum + size(code), 0)).toBeLessThanOrEqual(WHOLE_BYTES)
  expect(size(named(/VoiceNote-/))).toBeLessThanOrEqual(VOICE_BYTES)
  expect(size(named(/CallPanel-/)) + size(named(/worklet-/))).toBeLessThanOrEqual(CALL_BYTES)
  expect(size(named(/tracker-/))).toBeLessThanOrEqual(TRACKER_BYTES)
})

test.each([['VoiceNote'], ['CallPanel']])(
  '%s takes what it shares from the app, which is there already, and nothing from elsewhere',
  (late) => {
    const app = [...files.keys()].find((name) => /app-.*\.js$/.test(name))!.replace('assets/', '')
    const sources = [...named(new RegExp(`${late}-`)).matchAll(/\bfrom\s*["'`]([^"'`]+)/g)].map(([, source]) => source)
    expect(sources).toEqual([`./${app}`])
  },
)

test('the loader is a classic script that leaves one name on the page', () => {
  const loader = named(/^widget\.js$/)
  expect(loader).not.toMatch(/^\s*(import|export)\b/m)
  const page: Record<string, unknown> = {}
  // Run without a script tag it only complains, which is enough to see what it would leave behind.
  new Function('window', 'document', 'console', `${loader}`)(page, { currentScript: null }, { warn() {} })
  expect(Object.keys(page)).toEqual([])
  expect(loader.startsWith('(()=>{')).toBe(true)
})

test.each([['app'], ['tracker'], ['VoiceNote'], ['CallPanel'], ['worklet']])(
  '%s: no schemas, no unsafe HTML, no code made from text',
  (name) => {
    const app = named(new RegExp(`${name}-.*\\.js$`))
    expect(app).not.toBe('')
    if (!/VoiceNote|CallPanel/.test(name)) expect(app).not.toMatch(/^\s*import\b/m)
    expect(app).not.toMatch(/zod|\beval\(|new Function|document\.write/)
    expect(app).not.toContain('insertAdjacentHTML')
  },
)
