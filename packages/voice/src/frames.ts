/**
 * The binary frames between the hub and browsers, one every 20 ms (voice.md §5.3). Little endian.
 *
 * Down, 336 bytes: u8 kind = 1, u8 flags, u32 tick, 2 spare, f64 when the caller's sound came (ms since 1970), 160 bytes μ-law of the
 * caller, 160 bytes μ-law of whoever speaks to the caller. Who speaks hears no own voice: silence stands there.
 * Up, 164 bytes: u32 sequence, 160 bytes μ-law. No DOM, no Node: also the browser's.
 */
import { FRAME_BYTES } from './g711.ts'

const KIND_SOUND = 1
export const DOWN_HEADER = 16
export const DOWN_BYTES = DOWN_HEADER + 2 * FRAME_BYTES
export const UP_HEADER = 4
export const UP_BYTES = UP_HEADER + FRAME_BYTES

/** Who has the floor, as three bits of a frame. */
export const SPEAKERS = ['hold', 'ai', 'supervisor', 'human', 'external'] as const
export type Speaker = (typeof SPEAKERS)[number]

export interface DownFrame {
  tick: number
  capturedAt: number
  /** False: nothing came from the caller, silence stands in. */
  callerPresent: boolean
  speakerPresent: boolean
  speaker: Speaker
  /** Views into the frame, 160 bytes each. */
  callerSound: Uint8Array
  speakerSound: Uint8Array
}

export interface FrameParts {
  tick: number
  capturedAt: number
  callerPresent: boolean
  speakerPresent: boolean
  speaker: Speaker
}

/** Writes all but the sound. */
export function writeHeader(frame: Uint8Array, parts: FrameParts): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  view.setUint8(0, KIND_SOUND)
  const flags = (parts.callerPresent ? 1 : 0) | (parts.speakerPresent ? 2 : 0) | (SPEAKERS.indexOf(parts.speaker) << 2)
  view.setUint8(1, flags)
  view.setUint32(2, parts.tick, true)
  view.setUint16(6, 0, true)
  view.setFloat64(8, parts.capturedAt, true)
}

/** Null for what is no frame of sound. */
export function readDownFrame(bytes: Uint8Array): DownFrame | null {
  if (bytes.byteLength !== DOWN_BYTES || bytes[0] !== KIND_SOUND) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint8(1)
  const speaker = SPEAKERS[(flags >> 2) & 7]
  if (!speaker) return null
  return {
    tick: view.getUint32(2, true),
    capturedAt: view.getFloat64(8, true),
    callerPresent: (flags & 1) !== 0,
    speakerPresent: (flags & 2) !== 0,
    speaker,
    callerSound: bytes.subarray(DOWN_HEADER, DOWN_HEADER + FRAME_BYTES),
    speakerSound: bytes.subarray(DOWN_HEADER + FRAME_BYTES),
  }
}

export function upFrame(sequence: number, sound: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(UP_BYTES)
  new DataView(frame.buffer).setUint32(0, sequence, true)
  frame.set(sound.subarray(0, FRAME_BYTES), UP_HEADER)
  return frame
}

/** The sound of a frame from a browser; null for what is none. */
export function readUpFrame(bytes: Uint8Array): { sequence: number; sound: Uint8Array } | null {
  if (bytes.byteLength !== UP_BYTES) return null
  const sequence = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  return { sequence, sound: bytes.subarray(UP_HEADER) }
}
