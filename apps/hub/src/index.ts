/** The media hub: a process of its own through which the sound of every call goes (docs/adr/0038). */
export { type HubConfig, readConfig } from './config.ts'
export { type RunningHub, startHub } from './hub.ts'
