/**
 * The first frame of the MP3 ("Info", as LAME writes it): silence that says how long the rest is and what the encoder put in front and behind,
 * so that players show the recording's own length, seek to where it says, and begin with its first sample.
 */
export const MP3_RATE = 16_000
export const MP3_KBITS = 48
/** Of one frame, of each channel. */
export const MP3_SAMPLES = 576
export const MP3_FRAME = (MP3_SAMPLES * 125 * MP3_KBITS) / MP3_RATE
/** What the encoder puts in front; a decoder adds 529 of its own. */
const DELAY = 576
/** MPEG 2, layer III, no checksum, 48 kbit/s, 16 kHz, joint stereo. */
const HEADER = 0xfff36864
const SIDE_BYTES = 17

/** How many frames the encoder makes of so many samples, and with how many it fills the last. */
export function framesOf(samples: number): { frames: number; padding: number } {
  const all = samples + DELAY
  const rest = MP3_SAMPLES - (all % MP3_SAMPLES)
  const padding = rest < MP3_SAMPLES ? rest + MP3_SAMPLES : rest
  return { frames: (all + padding) / MP3_SAMPLES, padding }
}

export function infoFrame(samples: number): Buffer {
  const { frames, padding } = framesOf(samples)
  const frame = Buffer.alloc(MP3_FRAME)
  frame.writeUInt32BE(HEADER, 0)
  const tag = 4 + SIDE_BYTES
  frame.write('Info', tag, 'latin1')
  frame.writeUInt32BE(3, tag + 4) // frames and bytes follow
  frame.writeUInt32BE(frames, tag + 8)
  frame.writeUInt32BE((frames + 1) * MP3_FRAME, tag + 12)
  const lame = tag + 16
  frame.write('LAME3.100', lame, 'latin1')
  frame.writeUInt8(1, lame + 9) // constant rate
  frame.writeUInt8(MP3_KBITS, lame + 20)
  frame.writeUIntBE(DELAY * 4096 + padding, lame + 21, 3)
  frame.writeUInt32BE((frames + 1) * MP3_FRAME, lame + 28)
  return frame
}

/** Bytes of the whole file. */
export const mp3Bytes = (samples: number): number => (framesOf(samples).frames + 1) * MP3_FRAME
