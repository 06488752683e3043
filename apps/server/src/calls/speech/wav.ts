/** A WAV of 8 bit μ-law, one channel of the telephone. */
import { RATE } from '@earshot/voice'

const HEAD = 44
const MULAW = 7

export function mulawWav(sound: Uint8Array): Uint8Array {
  const out = Buffer.alloc(HEAD + sound.length)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(HEAD - 8 + sound.length, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(MULAW, 20)
  out.writeUInt16LE(1, 22)
  out.writeUInt32LE(RATE, 24)
  out.writeUInt32LE(RATE, 28)
  out.writeUInt16LE(1, 32)
  out.writeUInt16LE(8, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(sound.length, 40)
  out.set(sound, HEAD)
  return out
}

/** The same sound as 16 bit, for players that know nothing else. */
export function linearWav(samples: Int16Array): Uint8Array {
  const out = Buffer.alloc(HEAD + samples.length * 2)
  Buffer.from(mulawWav(new Uint8Array(0))).copy(out)
  out.writeUInt32LE(HEAD - 8 + samples.length * 2, 4)
  out.writeUInt16LE(1, 20)
  out.writeUInt32LE(RATE * 2, 28)
  out.writeUInt16LE(2, 32)
  out.writeUInt16LE(16, 34)
  out.writeUInt32LE(samples.length * 2, 40)
  for (const [i, sample] of samples.entries()) out.writeInt16LE(sample, HEAD + i * 2)
  return out
}
