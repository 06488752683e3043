/** The machine's decoder is run under limits, on one file, and believed only when it ends well. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decode, findDecoder } from './decode.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'decoder-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Stands in for ffmpeg. */
function standIn(script: string): string {
  const path = join(folder, 'ffmpeg')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('it is found on the path, or there is none', async () => {
  expect(await findDecoder(`/nowhere:${folder}`)).toBeUndefined()
  const path = standIn('exit 0')
  expect(await findDecoder(`/nowhere:${folder}`)).toBe(path)
})

test('it reads a file and a pipe, nothing else, within limits, and knows nothing of our settings', async () => {
  const ffmpeg = standIn(`printf "%s\\n" "$@" > ${folder}/args; ulimit -t >> ${folder}/args; ulimit -v >> ${folder}/args
env > ${folder}/env; printf '\\000\\020\\000\\100'`)
  expect(await decode('/some/file', ffmpeg)).toEqual(new Uint8Array([64, 255]))
  const args = readFileSync(join(folder, 'args'), 'utf8')
  expect(args).toContain('-protocol_whitelist\nfile,pipe\n-i\nfile:/some/file\n')
  expect(args).toMatch(/\n20\n524288\n$/)
  expect(readFileSync(join(folder, 'env'), 'utf8')).not.toMatch(/DATABASE|SECRET|HOME/)
})

test.each([
  ['fails', 'printf "\\000\\020\\000\\100"; exit 1'],
  ['says nothing', 'exit 0'],
  ['is ended', 'kill -9 $$'],
  ['never stops talking', 'exec cat /dev/zero'],
])('when it %s there is no outline', async (_, script) => {
  expect(await decode('/some/file', standIn(script))).toBeUndefined()
})
