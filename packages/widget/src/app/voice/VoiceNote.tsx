/** A voice note while it is recorded: how loud, how long, and the two ways out of it. A file of its own, loaded when it is wanted. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../Icon.tsx'
import { duration } from '../times.ts'
import './style.ts'
import { type Recorder, type Recording, useRecorder } from './recorder.ts'
import { words } from './words.ts'

/** Asks for the microphone, and shows nothing until it has it. */
export function VoiceNote(recording: Recording): VNode | null {
  const recorder = useRecorder(recording)
  return recorder.isOn ? <Bar recorder={recorder} /> : null
}

function Bar({ recorder }: { recorder: Recorder }): VNode {
  const meter = useRef<HTMLSpanElement>(null)
  const send = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    send.current?.focus()
    let frame = 0
    const draw = () => {
      meter.current?.style.setProperty('--level', String(recorder.level()))
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this everywhere
    <div
      class="wc note"
      role="group"
      aria-label={words.recording}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        recorder.cancel()
      }}
    >
      <button type="button" class="ib" aria-label={words.cancel} onClick={recorder.cancel}>
        <Icon name="close" />
      </button>
      <span class="rec" aria-hidden="true" />
      <span class="level" ref={meter} aria-hidden="true" />
      <span class="clock">{duration(recorder.ms)}</span>
      <span class="sr" role="status">
        {words.recording}
      </span>
      <button type="button" ref={send} class="ib send" aria-label={words.send} onClick={recorder.finish}>
        <Icon name="send" />
      </button>
    </div>
  )
}
