/** The engine that carries sound, and where it is. */
export { createHubEngine } from './hub-engine.ts'
export { type HubParts, hubParts } from './hub-parts.ts'
export { type HubSettings, hubAddress, mediaSource as mediaSourceOf, publicMediaUrl } from './hub-place.ts'
