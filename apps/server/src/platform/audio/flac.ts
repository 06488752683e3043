/** FLAC: its first block says all; what follows must be sound. */
import { audio, demand, type Probed } from './facts.ts'

export function probeFlac(file: Buffer): Probed {
  demand(file.length > 50 && file.toString('latin1', 0, 4) === 'fLaC' && (file[4]! & 0x7f) === 0, 'not a FLAC')
  const info = file.subarray(8, 42)
  const sampleRate = (info[10]! << 12) | (info[11]! << 4) | (info[12]! >> 4)
  const channels = ((info[12]! >> 1) & 7) + 1
  const samples = (info[13]! & 0x0f) * 2 ** 32 + info.readUInt32BE(14)
  const most = info.readUInt16BE(2)
  let at = 4
  for (let isLast = false; !isLast; ) {
    demand(at + 4 <= file.length, 'truncated')
    isLast = (file[at]! & 0x80) !== 0
    at += 4 + file.readUIntBE(at + 1, 3)
  }
  demand(at + 4 < file.length && file[at] === 0xff && (file[at + 1]! & 0xfc) === 0xf8, 'no sound frames')
  // A frame has at least 10 bytes.
  demand(samples <= ((file.length - at) / 10 + 1) * most, 'claims more than it holds')
  return audio('audio/flac', 'flac', { channels, sampleRate, seconds: samples / sampleRate })
}
