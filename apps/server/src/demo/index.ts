/** The door of the demo: a workspace full of conversations, and visitors who go on talking. */
export { fillWithSamples, type Loaded, loadDemo } from './load-demo.ts'
export { type Demo, startDemo } from './start-demo.ts'
