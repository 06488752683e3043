/** What the page and the sound thread say to each other. Types only. */
export type ToPlay =
  /** μ-law, 160 bytes each. */
  | { t: 'frame'; caller: Uint8Array; speaker: Uint8Array }
  /** How loud each side is to be, 1 as it came. */
  | { t: 'gain'; caller: number; speaker: number }

/** Frames that wait, times it ran dry, frames left out: since the beginning. */
export interface FromPlay {
  depth: number
  underruns: number
  dropped: number
}

export type ToCapture = { t: 'end' }
/** 20 ms of the microphone in μ-law. */
export type FromCapture = Uint8Array<ArrayBuffer>
