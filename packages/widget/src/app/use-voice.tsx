/** Voice notes as the composer has them: their code is loaded when the microphone is first pressed. */
import type { ComponentType, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { whyNot } from './texts.ts'
import type { Recording } from './voice/recorder.ts'

/** Only where the browser can: pages without a secure connection have no microphone. */
export const canRecord = (): boolean => 'MediaRecorder' in window && navigator.mediaDevices !== undefined

export interface Voice {
  state: 'off' | 'asking' | 'recording'
  /** Why nothing is recorded, in the visitor's words. */
  trouble: string | undefined
  /** What is shown while recording. */
  bar: VNode | null
  start(): void
}

/** The note is handed over to be sent at once, or, if it was cut off, to be looked at first. */
export function useVoice(onNote: (note: File, isFull: boolean) => void): Voice {
  const [state, setState] = useState<Voice['state']>('off')
  const [trouble, setTrouble] = useState<string>()
  const [Bar, setBar] = useState<ComponentType<Recording>>()

  const onEnd: Recording['onEnd'] = ({ note, isFull = false, trouble }) => {
    setState('off')
    setBar(undefined)
    setTrouble(trouble)
    if (note) onNote(note, isFull)
  }
  const start = () => {
    if (state !== 'off') return
    setTrouble(undefined)
    setState('asking')
    import('./voice/VoiceNote.tsx').then(
      ({ VoiceNote }) => setBar(() => VoiceNote),
      () => onEnd({ trouble: whyNot(navigator.onLine ? undefined : 'network') }),
    )
  }
  return { state, trouble, bar: Bar ? <Bar onStart={() => setState('recording')} onEnd={onEnd} /> : null, start }
}
