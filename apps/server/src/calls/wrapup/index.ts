/** Wrap-ups of calls. */
export { listWrapUps, putWrapUp } from './wrap-up.ts'
