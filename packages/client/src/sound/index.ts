/** Sound of calls in browsers, for the dashboard and the widget: `@earshot/client/sound`. Load it late. */
export * from './call-sound.ts'
export { openContext } from './loudspeaker.ts'
export type { FromHub, LineState } from './media-line.ts'
export * from './microphone.ts'
export { workletUrl } from './worklet-url.ts'
export type { FromPlay } from './worklet-words.ts'
