/** Where the sound thread's script is: Vite builds it as a file of its own, which is what a strict CSP allows. */
/// <reference path="./vite-worker.d.ts" />
import url from './worklet.ts?worker&url'

export const workletUrl: string = url
