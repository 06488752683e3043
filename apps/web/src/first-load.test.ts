/** The first load of the dashboard stays small: measured on a real build, compressed as servers do. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

/** The list of conversations with all around it: what index.html loads and preloads, and what that imports. */
const FIRST_BYTES = 250_000

type Built = { code: string; imports: readonly string[]; modules: readonly string[] }
const chunks = new Map<string, Built>()
let page = ''

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production') // the runner's own would build with help for developers
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  const built = await build({ configFile, logLevel: 'error', build: { write: false } })
  vi.unstubAllEnvs()
  for (const file of [built].flat().flatMap((result) => ('output' in result ? result.output : []))) {
    if (file.type === 'chunk') chunks.set(file.fileName, { ...file, modules: file.moduleIds })
    else if (file.fileName === 'index.html') page = String(file.source)
  }
}, 60_000)

/** What the page names, and what each of these needs before it runs. */
function firstFiles(): Set<string> {
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].flatMap(([, name]) => name ?? [])
  const found = new Set(named)
  for (const name of found) for (const one of chunks.get(name)?.imports ?? []) found.add(one)
  return found
}

const first = () => [...firstFiles()].flatMap((name) => chunks.get(name) ?? [])

test('the first load is at most 250 kB of compressed script', () => {
  expect(first().flatMap(({ modules }) => modules)).toContainEqual(expect.stringContaining('ConversationsScreen.tsx'))
  const theme = readFileSync(new URL('../public/theme.js', import.meta.url), 'utf8') // before all else, so that nothing flashes
  const scripts = [theme, ...first().map(({ code }) => code)]
  const bytes = scripts.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThanOrEqual(FIRST_BYTES)
})

test('no schema, no Markdown and no other screen is in the first load', () => {
  const modules = first().flatMap((chunk) => chunk.modules)
  expect(modules.filter((id) => /[\\/]zod[\\/]|packages[\\/]contracts|react-markdown/.test(id))).toEqual([])
  expect(modules.filter((id) => /src[\\/](settings|agents|knowledge|entry|welcome|detail)[\\/]/.test(id))).toEqual([])
})
