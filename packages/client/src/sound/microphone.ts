/** The microphone of a call: asked for only when somebody is to speak, muted without being let go, told when it is pulled out. */
import type { FromCapture, ToCapture } from './worklet-words.ts'

export type NoMicrophone = 'denied' | 'missing' | 'busy' | 'insecure'

export class MicrophoneError extends Error {
  override name = 'MicrophoneError'
  readonly why: NoMicrophone
  constructor(why: NoMicrophone, cause?: unknown) {
    super(`no microphone: ${why}`, { cause })
    this.why = why
  }
}

/** Opens it; throws MicrophoneError with what a person can do something about. To be called before a command that makes one speak. */
export async function askForMicrophone(deviceId?: string): Promise<MediaStream> {
  // Pages without a secure connection have no such thing.
  if (navigator.mediaDevices === undefined) throw new MicrophoneError('insecure')
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        channelCount: 1,
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      },
    })
  } catch (error) {
    throw new MicrophoneError(reasonOf(error), error)
  }
}

function reasonOf(error: unknown): NoMicrophone {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing'
}

export interface MicrophoneOptions {
  onFrame(sound: Uint8Array): void
  /** Pulled out, or taken away by the browser. */
  onLost(): void
}

export interface Microphone {
  readonly stream: MediaStream
  /** Silence is sent while muted: who sends nothing is taken for lost. */
  mute(on: boolean): void
  close(): void
}

/** The context must have the worklet's script already (`openContext`). */
export function openMicrophone(
  context: AudioContext,
  stream: MediaStream,
  { onFrame, onLost }: MicrophoneOptions,
): Microphone {
  const node = new AudioWorkletNode(context, 'earshot-capture', { numberOfOutputs: 0, channelCount: 1 })
  const source = context.createMediaStreamSource(stream)
  let isMuted = false
  node.port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
    if (isMuted) data.fill(0xff)
    onFrame(data)
  }
  source.connect(node)
  for (const track of stream.getAudioTracks()) track.onended = onLost
  return {
    stream,
    mute(on) {
      isMuted = on
      for (const track of stream.getAudioTracks()) track.enabled = !on
    },
    close() {
      source.disconnect()
      node.port.postMessage({ t: 'end' } satisfies ToCapture)
      for (const track of stream.getTracks()) {
        track.onended = null
        track.stop()
      }
    },
  }
}
