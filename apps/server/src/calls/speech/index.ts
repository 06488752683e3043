/** The door of speech: sound from words, and words from sound. */
export { KeptTts } from './clips.ts'
export { ESPEAK_VOICES } from './espeak.ts'
export { type Providers, providersOf } from './providers.ts'
export { speechRoutes } from './routes.ts'
export { sayToCaller, soundOf } from './say.ts'
export * from './speech.ts'
export { openSpeech, type SpeechServices } from './speech-services.ts'
export { mulawWav } from './wav.ts'
