/** Copies of the embedded PostgreSQL's binaries: made for the database's account, repaired, and never where others could plant files. */
import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBinaries, repairLinks } from './binaries.ts'
import { copyTree, isSafePlace } from './binaries-copy.ts'

let folder: string
let native: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-binaries-'))
  native = dirname(dirname(findBinaries(undefined, folder).postgres))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const isVersion18 = (dir: string) =>
  spawnSync(join(dir, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout?.includes(' 18.')

test('a copy without links does not run, and runs once they are repaired', () => {
  const copy = join(folder, 'linkless')
  expect(copyTree(native, copy)).toBe(true)
  expect(isVersion18(copy)).toBe(false)
  expect(repairLinks(copy)).toBe(true)
  expect(isVersion18(copy)).toBe(true)
})

test('a copy can be read by everybody and written by nobody else, whatever the umask', () => {
  const copy = join(folder, 'open')
  const before = process.umask(0o077)
  copyTree(native, copy)
  process.umask(before)
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    const { mode } = lstatSync(join(entry.parentPath, entry.name))
    expect(mode & 0o044).toBe(0o044)
    expect(mode & 0o022).toBe(0)
  }
})

test('a whole copy is used as it is, a damaged one is made again', () => {
  const copy = join(folder, 'damaged')
  copyTree(native, copy)
  const { ino } = lstatSync(copy)
  copyTree(native, copy)
  expect(lstatSync(copy).ino).toBe(ino)
  rmSync(join(copy, 'share', 'postgresql', 'postgres.bki'))
  expect(copyTree(native, copy)).toBe(true)
  expect(lstatSync(join(copy, 'share', 'postgresql', 'postgres.bki')).size).toBeGreaterThan(0)
})

test('a place where others could plant files is not used', () => {
  const open = join(folder, 'writable by all')
  mkdirSync(open)
  chmodSync(open, 0o777)
  expect(isSafePlace(open)).toBe(false)
  expect(isSafePlace(join(open, 'below'))).toBe(false)
  const link = join(folder, 'link')
  symlinkSync(folder, link)
  expect(isSafePlace(link)).toBe(false)
})
