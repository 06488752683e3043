/** Bytes → numbered lines: zipped or not, however they are cut, and whatever is wrong with them. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Line, readLines } from './lines.ts'

/** The bytes in pieces of a size. */
async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const lines = (bytes: Buffer, size = 7, maxBytes?: number): Promise<Line[]> =>
  Array.fromAsync(readLines(pieces(bytes, size), maxBytes))

const TEXT = '{"a":"ä中🙂"}\r\n\n  \n{"b":2}\n{"c":3}'
const READ = [
  { number: 1, text: '{"a":"ä中🙂"}' },
  { number: 4, text: '{"b":2}' },
  { number: 5, text: '{"c":3}' },
]

test.each([1, 2, 3, 7, 1000])(
  'lines are numbered as an editor does, blank ones left out; in pieces of %i bytes',
  async (size) => {
    expect(await lines(Buffer.from(TEXT), size)).toEqual(READ)
  },
)

test.each([1, 5, 1000])('gzip is known by its first bytes, in pieces of %i bytes', async (size) => {
  expect(await lines(gzipSync(TEXT), size)).toEqual(READ)
})

test('several gzip members in one file are one file', async () => {
  expect(await lines(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: 'b' },
  ])
})

test('a byte order mark does not spoil the first line', async () => {
  expect(await lines(Buffer.from('\uFEFF{}\n{}'))).toEqual([
    { number: 1, text: '{}' },
    { number: 2, text: '{}' },
  ])
})

test('bytes that are no UTF-8 are replaced', async () => {
  expect(await lines(Buffer.from([0x61, 0xff, 0x62]))).toEqual([{ number: 1, text: 'a\uFFFDb' }])
})

test('a line that is too long is named, and the next one read', async () => {
  const read = await lines(Buffer.from(`short\n${'x'.repeat(3_000_000)}\nafter`), 65_536, 2 * 1024 * 1024)
  expect(read).toEqual([
    { number: 1, text: 'short' },
    { number: 2, problem: 'the line is longer than 2 MB' },
    { number: 3, text: 'after' },
  ])
})

test('of a gzip file that was cut off, what is whole is read and the end is named', async () => {
  const whole = gzipSync(Array.from({ length: 5000 }, (_, i) => `{"line":${i},"noise":${Math.sin(i)}}`).join('\n'))
  const read = await lines(whole.subarray(0, whole.length - 5000), 4096)
  expect(read.length).toBeGreaterThan(100)
  expect(read.at(-1)!.problem).toContain('damaged or cut off')
  expect(read.slice(0, -1).every(({ text }) => text)).toBe(true)
})

test('an empty file has no lines', async () => {
  expect(await lines(Buffer.alloc(0))).toEqual([])
})
