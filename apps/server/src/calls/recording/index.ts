/** The door of recordings: what a call leaves to be heard. */
export { keepRecording, type Recordings } from './keep-recording.ts'
export { callSound } from './other-sound.ts'
export { recordingRoutes } from './routes.ts'
export { clearRemains, keepRecordings, removeExpiredRecordings } from './sweep.ts'
