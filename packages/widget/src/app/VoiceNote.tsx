/** A voice note while it is recorded: how loud, how long, and the two ways out of it. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './Icon.tsx'
import type { Recorder } from './recorder.ts'
import { t } from './texts.ts'
import { duration } from './times.ts'

export function VoiceButton({ recorder }: { recorder: Recorder }): VNode {
  return (
    <button
      type="button"
      class="ib"
      aria-label={t('record')}
      aria-disabled={recorder.state === 'asking'}
      onClick={recorder.start}
    >
      <Icon name="mic" />
    </button>
  )
}

export function VoiceNote({ recorder }: { recorder: Recorder }): VNode {
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
      aria-label={t('recording')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        recorder.cancel()
      }}
    >
      <button type="button" class="ib" aria-label={t('recordCancel')} onClick={recorder.cancel}>
        <Icon name="close" />
      </button>
      <span class="rec" aria-hidden="true" />
      <span class="level" ref={meter} aria-hidden="true" />
      <span class="clock">{duration(recorder.ms)}</span>
      <span class="sr" role="status">
        {t('recording')}
      </span>
      <button type="button" ref={send} class="ib send" aria-label={t('recordSend')} onClick={recorder.finish}>
        <Icon name="send" />
      </button>
    </div>
  )
}
