/** Places of network addresses, read from a file made here: flat and nested records, IPv4 in a tree of IPv6, and files that are none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { openGeo } from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'earshot-geo-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const log = pino({ level: 'silent' })

type Json = string | number | { [key: string]: Json }

function encode(value: Json): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(2, bytes.length), bytes])
  }
  if (typeof value === 'number') return Buffer.concat([head(6, 4), Buffer.from([0, 0, value >> 8, value & 255])])
  const entries = Object.entries(value)
  return Buffer.concat([head(7, entries.length), ...entries.flatMap(([key, item]) => [encode(key), encode(item)])])
}
const head = (type: number, size: number): Buffer =>
  size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29])

/** A tree of 24-bit records; each network is given by its first bits. */
function write(name: string, networks: [bits: string, record: Json][]): string {
  const nodes: [number | null, number | null][] = [[null, null]]
  const leaves: { node: number; side: 0 | 1; at: number }[] = []
  let data = Buffer.alloc(0)
  for (const [bits, record] of networks) {
    let node = 0
    for (const [i, bit] of [...bits].entries()) {
      const side = bit === '1' ? 1 : 0
      if (i === bits.length - 1) leaves.push({ node, side, at: data.length })
      else {
        nodes[node]![side] ??= nodes.push([null, null]) - 1
        node = nodes[node]![side]!
      }
    }
    data = Buffer.concat([data, encode(record)])
  }
  for (const { node, side, at } of leaves) nodes[node]![side] = nodes.length + 16 + at
  const tree = Buffer.alloc(nodes.length * 6)
  for (const [i, sides] of nodes.entries()) {
    for (const side of [0, 1]) tree.writeUIntBE(sides[side] ?? nodes.length, i * 6 + side * 3, 3)
  }
  const metadata = encode({ node_count: nodes.length, record_size: 24, ip_version: 6, database_type: 'Test' })
  const path = join(dir, name)
  writeFileSync(
    path,
    Buffer.concat([tree, Buffer.alloc(16), data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]),
  )
  return path
}

const bitsOf = (bytes: number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
const v4 = (...bytes: number[]) => '0'.repeat(96) + bitsOf(bytes)

test('a flat database of countries and a nested one of cities', async () => {
  const countryFile = write('country.mmdb', [
    [v4(81, 2, 69), { country_code: 'GB' }],
    [bitsOf([0x20, 0x01, 0x0d, 0xb8]), { country_code: 'FI' }],
  ])
  const cityFile = write('city.mmdb', [
    [v4(81, 2, 70), { country: { iso_code: 'SE' }, city: { names: { en: 'Malmö', de: 'Malmö' } } }],
  ])
  const geo = await openGeo({ countryFile, cityFile }, log)
  expect(geo.find('81.2.69.142')).toEqual({ country: 'GB', city: null })
  expect(geo.find('::ffff:81.2.69.1')).toEqual({ country: 'GB', city: null })
  expect(geo.find('2001:db8::1')).toEqual({ country: 'FI', city: null })
  expect(geo.find('81.2.70.9')).toEqual({ country: 'SE', city: 'Malmö' })
  for (const unknown of ['10.0.0.1', '::1', '', 'nonsense']) {
    expect(geo.find(unknown), unknown).toEqual({ country: null, city: null })
  }
})

test('a file that is none, or is broken, leaves visits without a place', async () => {
  const text = join(dir, 'text.mmdb')
  writeFileSync(text, 'hello')
  const broken = join(dir, 'broken.mmdb')
  writeFileSync(broken, Buffer.from('\xab\xcd\xefMaxMind.com\xe3', 'latin1'))
  for (const cityFile of [text, broken, join(dir, 'missing.mmdb')]) {
    const geo = await openGeo({ countryFile: text, cityFile }, log)
    expect(geo.find('81.2.69.142')).toEqual({ country: null, city: null })
  }
})
