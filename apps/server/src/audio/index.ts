/** The door of sound: voice messages of conversations, their bytes and outlines, and the work behind them. */
export type { OtherSound } from './download-audio.ts'
export { fetchAudio } from './fetch-audio.ts'
export { makePeaks } from './make-peaks.ts'
export { audioRoutes } from './routes.ts'
