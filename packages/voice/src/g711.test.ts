/** The codings of the telephone network: known values, and there and back. */
import { describe, expect, it } from 'vitest'
import {
  ALAW_TO_LINEAR,
  alawToMulaw,
  encodeAlaw,
  encodeMulaw,
  levelOf,
  MULAW_SILENCE,
  MULAW_TO_LINEAR,
  mulawToAlaw,
} from './g711.ts'

describe('G.711', () => {
  it('knows the values the recommendation lists', () => {
    expect([0x80, 0x00, 0xff, 0x7f, 0xf0].map((byte) => MULAW_TO_LINEAR[byte])).toEqual([32124, -32124, 0, 0, 120])
    expect([0xaa, 0x2a, 0xd5, 0x55].map((byte) => ALAW_TO_LINEAR[byte])).toEqual([32256, -32256, 8, -8])
    expect(encodeMulaw(0)).toBe(MULAW_SILENCE)
  })

  it('codes what it decoded to the same sound, for every byte', () => {
    for (let byte = 0; byte < 256; byte++) {
      const mulaw = MULAW_TO_LINEAR[byte] as number
      expect(MULAW_TO_LINEAR[encodeMulaw(mulaw)]).toBe(mulaw)
      expect(encodeAlaw(ALAW_TO_LINEAR[byte] as number)).toBe(byte)
    }
  })

  it('never strays further from a sample than its step', () => {
    for (let sample = -32768; sample < 32768; sample += 7) {
      const allowed = 8 + Math.abs(sample) / 16
      expect(
        Math.abs((MULAW_TO_LINEAR[encodeMulaw(sample)] as number) - Math.max(-32124, Math.min(32124, sample))),
      ).toBeLessThan(allowed)
      expect(Math.abs((ALAW_TO_LINEAR[encodeAlaw(sample)] as number) - sample)).toBeLessThan(allowed + 520)
    }
  })

  it('turns one coding into the other and back within a step', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const there = alawToMulaw(mulawToAlaw(all))
    for (const byte of all) {
      const before = MULAW_TO_LINEAR[byte] as number
      expect(Math.abs((MULAW_TO_LINEAR[there[byte] as number] as number) - before)).toBeLessThan(
        16 + Math.abs(before) / 8,
      )
    }
  })

  it('hears loud and silent', () => {
    expect(levelOf(new Uint8Array(160).fill(MULAW_SILENCE))).toBe(0)
    expect(levelOf(new Uint8Array(160).fill(0x80))).toBeCloseTo(0.98, 2)
  })
})
