/** The sound card of this page: one context, started by a click, with a player and, for whoever speaks, a microphone. */
import captureUrl from './capture.worklet.ts?worker&url'
import type { Microphone } from './microphone.ts'
import playerUrl from './player.worklet.ts?worker&url'

export interface Device {
  play: (frame: Uint8Array<ArrayBuffer>) => void
  /** What waits belongs to a line that is gone. */
  restart: () => void
  /** Hands over frames of 20 ms until it is closed. */
  listenTo: (
    microphone: Microphone,
    heard: (frame: Uint8Array<ArrayBuffer>, level: number) => void,
  ) => Promise<() => void>
  close: () => void
}

/** Called within a click: browsers let nothing sound that nobody asked for. */
export function openDevice(): Promise<Device> {
  const context = new AudioContext({ latencyHint: 'interactive' })
  const resumed = context.resume()
  return begin(context, resumed).catch((error: unknown) => {
    void context.close()
    throw error
  })
}

async function begin(context: AudioContext, resumed: Promise<void>): Promise<Device> {
  await context.audioWorklet.addModule(playerUrl)
  await resumed
  const player = new AudioWorkletNode(context, 'call-player', { numberOfInputs: 0, outputChannelCount: [1] })
  player.connect(context.destination)
  return {
    // A copy: the page still measures how loud it is.
    play: (frame) => player.port.postMessage(frame.buffer),
    restart: () => player.port.postMessage('restart'),
    close: () => void context.close().catch(() => {}),
    async listenTo(microphone, heard) {
      await context.audioWorklet.addModule(captureUrl)
      const source = context.createMediaStreamSource(microphone.stream)
      const capture = new AudioWorkletNode(context, 'call-capture', { numberOfOutputs: 1 })
      capture.port.onmessage = ({ data }) => heard(data.frame, data.level)
      // Nodes that lead nowhere are not run; nothing comes out of this one.
      source.connect(capture).connect(context.destination)
      return () => {
        capture.port.onmessage = null
        source.disconnect()
        capture.disconnect()
      }
    },
  }
}
