/** The microphone of whoever speaks: asked for by a click, the one chosen last, and what to say when there is none. */

export type MicrophoneProblem = 'denied' | 'none' | 'busy' | 'insecure'

export class MicrophoneRefusal extends Error {
  override name = 'MicrophoneRefusal'
  readonly problem: MicrophoneProblem
  constructor(problem: MicrophoneProblem) {
    super(problem)
    this.problem = problem
  }
}

export interface Microphone {
  stream: MediaStream
  label: string
  deviceId: string
  close: () => void
}

const KEY = 'earshot.calls.microphone'

/** Speech over a telephone: no echo of the caller, no fan, no whisper. */
const SPEECH: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
}

/** Opens the chosen microphone, or any when that one is not here. */
export async function openMicrophone(deviceId = remembered()): Promise<Microphone> {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneRefusal('insecure')
  const wanted = deviceId ? { ...SPEECH, deviceId: { ideal: deviceId } } : SPEECH
  const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted }).catch((error: unknown) => {
    throw new MicrophoneRefusal(problemOf(error))
  })
  const [track] = stream.getAudioTracks()
  if (!track) throw new MicrophoneRefusal('none')
  const close = () => {
    for (const one of stream.getTracks()) one.stop()
  }
  return { stream, label: track.label, deviceId: track.getSettings().deviceId ?? '', close }
}

export async function microphones(): Promise<{ id: string; label: string }[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  return all
    .filter(({ kind, label }) => kind === 'audioinput' && label !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

export function rememberMicrophone(deviceId: string): void {
  try {
    localStorage.setItem(KEY, deviceId)
  } catch {
    // A browser that keeps nothing asks for the usual one again.
  }
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy'
}
