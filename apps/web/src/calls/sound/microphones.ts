/** Which microphone a person speaks with: the one chosen last, or any when that one is not here. */
import { askForMicrophone, MicrophoneError } from '@earshot/client/sound'

const KEY = 'earshot.calls.microphone'

export async function openChosenMicrophone(deviceId = remembered()): Promise<MediaStream> {
  if (!deviceId) return askForMicrophone()
  try {
    return await askForMicrophone(deviceId)
  } catch (error) {
    // The one of yesterday lies at home.
    if (error instanceof MicrophoneError && error.why === 'missing') return askForMicrophone()
    throw error
  }
}

export async function microphones(): Promise<{ id: string; label: string }[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  return all
    .filter(({ kind, label }) => kind === 'audioinput' && label !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

export const deviceOf = (microphone: MediaStream): string =>
  microphone.getAudioTracks()[0]?.getSettings().deviceId ?? ''

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

/** How loud it is, as often as the screen draws, until the returned function is called; no sound goes anywhere. */
export function measure(microphone: MediaStream, told: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 512 })
  context.createMediaStreamSource(microphone).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    told(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length))
  }, 80)
  return () => {
    clearInterval(timer)
    void context.close()
  }
}
