/** The heads of sound files: G.711 in a WAV, which is the recording byte for byte with 58 bytes in front. */
import { RATE } from '@earshot/voice/g711'

export const WAV_HEAD = 58
const FORMAT_MULAW = 7

/** `frames`: samples of each channel. */
export function wavHead(channels: 1 | 2, frames: number): Buffer {
  const dataBytes = frames * channels
  const pad = dataBytes % 2
  const head = Buffer.alloc(WAV_HEAD)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(WAV_HEAD - 8 + dataBytes + pad, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(18, 16)
  head.writeUInt16LE(FORMAT_MULAW, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * channels, 28)
  head.writeUInt16LE(channels, 32)
  head.writeUInt16LE(8, 34)
  // A coding that is not plain samples says how many there are.
  head.write('fact', 38, 'latin1')
  head.writeUInt32LE(4, 42)
  head.writeUInt32LE(frames, 46)
  head.write('data', 50, 'latin1')
  head.writeUInt32LE(dataBytes, 54)
  return head
}
