/** Sound files: what they are and how they look, read without trust and without a decoder. */
export { type AudioFacts, MAX_AUDIO_MS, type Probed } from './facts.ts'
export { outlineFile, probeFile } from './in-worker.ts'
export { PEAK_COLUMNS, pcmPeaks } from './peaks.ts'
export { mayBeAudio } from './probe.ts'
