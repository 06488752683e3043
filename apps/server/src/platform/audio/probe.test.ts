/** Every kind of sound file that is taken, and every way in which strangers break them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flac, m4a, mp3, ogg, wav, wavAround, webm } from '../../test/sounds.ts'
import { probeFile } from './index.ts'
import { peaksOf } from './peaks.ts'
import { probe } from './probe.ts'

test.each([
  ['WAV', wav(1.5), 'audio/wav', 'audio/wav', 'pcm', 1500, 1],
  [
    'stereo float WAV',
    wavAround(Buffer.alloc(64_000), { channels: 2, bits: 32, tag: 3 }),
    'audio/wav',
    'audio/wav',
    'pcm',
    1000,
    2,
  ],
  ['telephone WAV', wavAround(Buffer.alloc(8000), { bits: 8, tag: 7 }), 'audio/wav', 'audio/wav', 'mu-law', 1000, 1],
  ['MP3', mp3(40), 'audio/mpeg', 'audio/mpeg', 'mp3', 1045, 2],
  ['Ogg Opus', ogg(2), 'audio/ogg', 'audio/ogg', 'opus', 2000, 1],
  ['a recorder’s WebM', webm(1), 'video/webm', 'audio/webm', 'opus', 1000, 1],
  ['M4A', m4a(2), 'audio/mp4', 'audio/mp4', 'aac', 2000, 1],
  ['a recorder’s MP4', m4a(1.024, { fragments: true, brand: 'iso5' }), 'video/mp4', 'audio/mp4', 'aac', 1024, 1],
  ['FLAC', flac(3), 'audio/flac', 'audio/flac', 'flac', 3000, 1],
] as const)('%s is read for what it is', (_, file, given, mediaType, codec, durationMs, channels) => {
  expect(probe(file, given)).toMatchObject({ kind: 'audio', facts: { mediaType, codec, durationMs, channels } })
})

const patched = (file: Buffer, at: number, ...bytes: number[]): Buffer => {
  const copy = Buffer.from(file)
  copy.set(bytes, at)
  return copy
}
const huge = wavAround(Buffer.alloc(1000))
huge.writeUInt32LE(0x20000000, 40)

test.each([
  ['a WAV that ends early', wav(1).subarray(0, 9000), 'audio/wav'],
  ['a WAV that claims half a gigabyte of sound', huge, 'audio/wav'],
  [
    'a WAV with an archive behind it',
    Buffer.concat([wav(1), Buffer.from('PK\x03\x04'), Buffer.alloc(500)]),
    'audio/wav',
  ],
  ['a WAV without sound', wavAround(Buffer.alloc(0)), 'audio/wav'],
  ['a WAV of an unknown coding', wavAround(Buffer.alloc(800), { tag: 0x55 }), 'audio/wav'],
  ['a WAV of 200 channels', wavAround(Buffer.alloc(800), { channels: 200 }), 'audio/wav'],
  ['a WAV of 0 Hz', wavAround(Buffer.alloc(800), { rate: 0 }), 'audio/wav'],
  ['a web page that calls itself a WAV', Buffer.from(`RIFF....WAVE${'<script>'.repeat(20)}`), 'audio/wav'],
  [
    'a tag with a web page',
    Buffer.from(`ID3\x04\0\0\0\0\0\x0a${'<html><script>alert(1)</script>'.repeat(20)}`),
    'audio/mpeg',
  ],
  ['a tag that is longer than its file', Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f abc'), 'audio/mpeg'],
  ['three frames and a web page', Buffer.concat([mp3(3), Buffer.from('<script>'.repeat(1000))]), 'audio/mpeg'],
  ['frames among something else', Buffer.concat([mp3(20), Buffer.alloc(9000, 'x')]), 'audio/mpeg'],
  ['an Ogg that ends early', ogg(2).subarray(0, -40), 'audio/ogg'],
  ['an Ogg with a flipped bit', patched(ogg(1), 120, 0x11), 'audio/ogg'],
  ['an Ogg that claims ten years', ogg(1, 48_000n * 3600n * 24n * 3650n), 'audio/ogg'],
  ['an Ogg that claims an hour in a second', ogg(1, 48_000n * 3600n), 'audio/ogg'],
  ['a WebM that ends early', webm(1).subarray(0, -5), 'video/webm'],
  ['a WebM of nothing but a head', webm(0), 'video/webm'],
  ['a WebM with a size beyond all', patched(webm(1), 5, 0xff, 0xff), 'video/webm'],
  ['an M4A that ends early', m4a(1).subarray(0, -9), 'audio/mp4'],
  [
    'an M4A that claims an hour in a second',
    patched(m4a(1), m4a(1).indexOf('mdhd') + 20, 0x01, 0xb7, 0x74, 0x00),
    'audio/mp4',
  ],
  ['an M4A of boxes of no length', Buffer.concat([m4a(1), Buffer.alloc(4000)]), 'audio/mp4'],
  ['a FLAC that claims a day', patched(flac(1), 22, 0x30, 0, 0, 0), 'audio/flac'],
  ['a WAV of an unknown coding in bytes', wavAround(Buffer.alloc(800), { tag: 0x55, bits: 8 }), 'audio/wav'],
  ['a WAV whose samples do not fit', patched(wav(1), 32, 9), 'audio/wav'],
  ['a WAV of a million samples a second', wavAround(Buffer.alloc(800), { rate: 1_000_000 }), 'audio/wav'],
  ['an MP3 of two frames', mp3(2), 'audio/mpeg'],
  ['an Ogg whose sound has changed', patched(ogg(1), ogg(1).length - 1, 0x11), 'audio/ogg'],
  ['two Oggs in one', Buffer.concat([ogg(1), ogg(1)]), 'audio/ogg'],
  ['a FLAC without frames', patched(flac(1), 42, 0, 0), 'audio/flac'],
  ['a WebM of an unknown coding', patched(webm(1), webm(1).indexOf('A_OPUS'), 0x41, 0x5f, 0x58), 'video/webm'],
  ['a WebM of another document type', patched(webm(1), webm(1).indexOf('webm'), 0x65, 0x76, 0x69, 0x6c), 'video/webm'],
  ['a WebM with a block of two bytes', Buffer.concat([webm(1), Buffer.from([0xa3, 0x82, 0x81, 0])]), 'video/webm'],
  ['an M4A of an unknown coding', patched(m4a(1), m4a(1).indexOf('mp4a'), 0x65, 0x76, 0x69, 0x6c), 'audio/mp4'],
  ['an M4A without its first box', m4a(1).subarray(16), 'audio/mp4'],
  ['an M4A without tracks', patched(m4a(1), m4a(1).indexOf('trak'), 0x66, 0x72, 0x65, 0x65), 'audio/mp4'],
  ['nothing', Buffer.alloc(0), 'audio/ogg'],
])('%s is broken, and says so at once', (_, file, mediaType) => {
  expect(probe(file, mediaType)).toMatchObject({ kind: 'broken' })
})

test('moving pictures are neither sound nor broken', () => {
  expect(probe(webm(1, { trackType: 1 }), 'video/webm')).toEqual({ kind: 'video' })
  expect(probe(m4a(1, { handler: 'vide' }), 'video/mp4')).toEqual({ kind: 'video' })
})

test('what is longer than four hours is told apart from what is broken', () => {
  const long = wavAround(Buffer.alloc(1000 * 3600 * 5), { rate: 1000, bits: 8 })
  expect(probe(long, 'audio/wav')).toEqual({ kind: 'too_long' })
})

test('no bytes at all bring a parser down', () => {
  let seed = 7
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return seed / 0x7fffffff
  }
  const files = {
    'audio/wav': wav(0.1),
    'audio/mpeg': mp3(6),
    'audio/ogg': ogg(0.2),
    'video/webm': webm(0.2),
    'audio/mp4': m4a(0.2),
    'audio/flac': flac(0.2),
  }
  for (const [mediaType, sound] of Object.entries(files)) {
    for (let round = 0; round < 400; round++) {
      const file = Buffer.from(sound.subarray(0, 1 + Math.floor(random() * sound.length)))
      for (let hits = Math.floor(random() * 12); hits >= 0; hits--)
        file[Math.floor(random() * file.length)] = random() * 256
      const found = probe(file, mediaType)
      if (found.kind === 'audio') expect(found.facts.durationMs).toBeLessThan(4 * 3600 * 1000 + 1)
      peaksOfSound(file, mediaType, found.kind)
    }
  }
})

/** Outlines are only made of what has been found to be sound. */
function peaksOfSound(file: Buffer, mediaType: string, kind: string): void {
  if (kind === 'audio') expect(peaksOf(file, mediaType)?.length ?? 0).toBeLessThan(601)
}

test('an outline has at most 600 columns, and is loud where the sound is', () => {
  const peaks = peaksOf(wav(3), 'audio/wav')!
  expect(peaks).toHaveLength(600)
  expect(peaks[300]).toBeGreaterThan(240)
  expect(peaks[2]).toBeLessThan(10)
  expect(peaks[597]).toBeLessThan(10)
  expect(peaksOf(wavAround(Buffer.alloc(10)), 'audio/wav')).toEqual(new Uint8Array(5))
  expect(peaksOf(mp3(40), 'audio/mpeg')).toHaveLength(80 / 2)
})

test('files are read on a thread of their own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'))
  try {
    writeFileSync(join(folder, 'a'), wav(1))
    const found = await Promise.all(Array.from({ length: 5 }, () => probeFile(join(folder, 'a'), 'audio/wav', 1e6)))
    expect(found.map(({ kind }) => kind)).toEqual(Array(5).fill('audio'))
    expect(await probeFile(join(folder, 'a'), 'audio/wav', 1000)).toMatchObject({ kind: 'broken', why: 'too large' })
    expect(await probeFile(join(folder, 'gone'), 'audio/wav', 1000)).toMatchObject({ kind: 'broken' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
