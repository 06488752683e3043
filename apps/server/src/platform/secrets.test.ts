/** Sealed secrets: they open for their owner, and for nobody else. */
import { expect, test } from 'vitest'
import { createSealer } from './secrets.ts'

const sealer = createSealer('a-long-random-secret-of-an-installation')

test('a secret opens for the purpose it was sealed for', () => {
  const sealed = sealer.seal('sk-ünïcode-123', 'workspace a agent b')
  expect(sealed).not.toContain('sk-')
  expect(sealer.open(sealed, 'workspace a agent b')).toBe('sk-ünïcode-123')
})

test('sealing the same twice does not look the same', () => {
  expect(sealer.seal('k', 'p')).not.toBe(sealer.seal('k', 'p'))
})

test('a sealed value copied to another owner does not open', () => {
  expect(sealer.open(sealer.seal('k', 'agent a'), 'agent b')).toBeUndefined()
})

test('with another secret nothing opens', () => {
  expect(createSealer('another-secret-of-another-installation').open(sealer.seal('k', 'p'), 'p')).toBeUndefined()
})

test('every changed byte is noticed', () => {
  const sealed = sealer.seal('k', 'p')
  const [version, id, text] = sealed.split('.')
  const bytes = Buffer.from(text!, 'base64url')
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes)
    changed[i]! ^= 1
    expect(sealer.open(`${version}.${id}.${changed.toString('base64url')}`, 'p')).toBeUndefined()
  }
  for (const garbage of ['', '.', 'v1..', `v1.${id}.`, 'v2.x.y', `v1.${id}.AAAA`])
    expect(sealer.open(garbage, 'p')).toBeUndefined()
})
