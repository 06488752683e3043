/** What a recording becomes: as long as it was, the same bytes in every slice, sound that can be read again, an outline that fits. */
import { BYTES_PER_MS, mulawToLinear } from '@earshot/voice/g711'
import { expect, test } from 'vitest'
import { probe } from '../../../platform/audio/probe.ts'
import { encode } from './encode.ts'
import { framesOf, MP3_FRAME, mp3Bytes } from './info-frame.ts'
import { PeakMeter, reducePeaks } from './peaks.ts'
import { oneChannel, readSlice, sliceBytes } from './slice.ts'
import { recordingOf } from './tones.fixture.ts'
import { Upsampler } from './upsample.ts'
import { WAV_HEAD, wavHead } from './wav.ts'

const DURATION = 12_340
const sound = recordingOf(DURATION, [
  { channel: 0, fromMs: 1000, toMs: 3000, hertz: 440 },
  { channel: 1, fromMs: 3000, toMs: 7000, hertz: 660, loud: 0.25 },
  { channel: 0, fromMs: 9000, toMs: 12_340, hertz: 880 },
])
const frames = sound.length / 2

/** Cut where no frame ends, as bytes come over a network. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

test('the original is the recording with a head that says its length to the millisecond', () => {
  const original = Buffer.concat([wavHead(2, frames), sound])
  expect(probe(original, 'audio/wav')).toMatchObject({
    kind: 'audio',
    facts: { durationMs: DURATION, channels: 2, codec: 'mu-law' },
  })
  expect(original.subarray(WAV_HEAD).equals(sound)).toBe(true)
})

test('a slice is the very bytes of one channel, whichever part of it is asked for', async () => {
  const original = Buffer.concat([wavHead(2, frames), sound])
  const read = async ({ start, end }: { start: number; end: number }) =>
    inPieces(original.subarray(start, end + 1), 777)
  for (const channel of [0, 1] as const) {
    const slice = { channel, fromMs: 2980, toMs: 5020 }
    const size = sliceBytes(slice)
    const whole = await all(readSlice(slice, { start: 0, end: size - 1 }, read))
    expect(whole.length).toBe(size)
    expect(probe(whole, 'audio/wav')).toMatchObject({ kind: 'audio', facts: { durationMs: 2040, channels: 1 } })
    const source = await all(oneChannel(inPieces(sound.subarray(2980 * 16, 5020 * 16), 1001), channel))
    expect(source.length).toBe(2040 * BYTES_PER_MS)
    expect(whole.subarray(WAV_HEAD).equals(source)).toBe(true)
    for (const [start, end] of [
      [0, 0],
      [10, WAV_HEAD],
      [WAV_HEAD, WAV_HEAD],
      [WAV_HEAD + 7, size - 2],
    ] as const)
      expect((await all(readSlice(slice, { start, end }, read))).equals(whole.subarray(start, end + 1))).toBe(true)
  }
})

test('the MP3 is as long as the recording, says so, and its frames are loud where the recording is', async () => {
  const shares: number[] = []
  const encoding = encode(inPieces(sound, 1013), frames, (share) => shares.push(share))
  const mp3 = await all(encoding.mp3)
  expect(mp3.length).toBe(mp3Bytes(frames * 2))
  const { padding, frames: count } = framesOf(frames * 2)
  // What a player leaves out in front and behind is exactly what is too much.
  expect(count * 576 - 576 - padding).toBe((DURATION * 16_000) / 1000)
  const probed = probe(mp3, 'audio/mpeg')
  expect(probed).toMatchObject({ kind: 'audio', facts: { channels: 2, codec: 'mp3' } })
  if (probed.kind === 'audio') expect(probed.facts.durationMs).toBe((mp3.length / MP3_FRAME) * 36)
  expect(shares.at(-1)).toBe(1)
  const outline = reducePeaks(encoding.peaks(), 1234)!
  expect(outline.contact.length).toBe(DURATION / 20 / Math.ceil(DURATION / 20 / 1234))
})

test('the outline shows each side where it speaks, as loud as it is', () => {
  const meter = new PeakMeter()
  for (let at = 0; at < sound.length; at += 999) meter.take(sound.subarray(at, at + 999))
  const file = meter.finish()
  expect(file.length).toBe(12 + (DURATION / 20) * 4)
  const outline = reducePeaks(file, 617)!
  const loudAt = (ms: number) => [outline.contact[ms / 20], outline.ours[ms / 20]]
  expect(loudAt(2000)).toEqual([expect.closeTo(64, -0.7), 0])
  expect(loudAt(5000)).toEqual([0, expect.closeTo(32, -0.7)])
  expect(loudAt(8000)).toEqual([0, 0])
  const narrow = reducePeaks(file, 10)!
  expect(narrow.contact.map((level) => level > 0)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
  ])
  expect(reducePeaks(Buffer.from('nothing of the kind, and long enough'), 10)).toBeUndefined()
})

test('twice as many samples are the same sound', () => {
  const tone = mulawToLinear(recordingOf(400, [{ channel: 0, fromMs: 0, toMs: 400, hertz: 1000 }])).filter(
    (_, i) => i % 2 === 0,
  )
  const upsampler = new Upsampler()
  const out = [...upsampler.take(Float32Array.from(tone)), ...upsampler.flush()]
  expect(out.length).toBe(2 * tone.length)
  const off = out.slice(200, -200).map((value, i) => {
    const exact = 32767 * 0.5 * Math.sin((2 * Math.PI * 1000 * (i + 200)) / 16_000)
    return Math.abs(value - exact)
  })
  expect(Math.max(...off)).toBeLessThan(700)
})
