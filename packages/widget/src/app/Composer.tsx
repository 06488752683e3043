/** The composer: Enter sends, Shift and Enter begin a new line; files by button, paste and drop. What is typed survives a reload. */
import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat, ChatState } from './chat.ts'
import { Icon } from './Icon.tsx'
import { MAX_MESSAGE } from './limits.ts'
import type { Kept } from './storage.ts'
import { t, whyNot } from './texts.ts'
import type { Uploads } from './use-uploads.ts'
import { canRecord, useVoice, type Voice } from './use-voice.tsx'

export interface ComposerProps {
  chat: Chat
  state: ChatState
  uploads: Uploads
  kept: Kept
  /** Text that the page suggests. */
  suggested: { text: string } | null
  isShown: boolean
  /** The way to talk instead. */
  call: VNode | null
}

export function Composer({ chat, state, uploads, kept, suggested, isShown, call }: ComposerProps): VNode {
  const [text, setText] = useState(() => kept.get() ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  const tell = useTyping(chat)
  const hasFiles = uploads.list.some((upload) => upload.stored)
  const canSend = (text.trim() !== '' || hasFiles) && !uploads.isBusy

  const write = (next: string) => {
    setText(next)
    kept.set(next === '' ? null : next)
  }
  useEffect(() => {
    if (suggested) write(suggested.text.slice(0, MAX_MESSAGE))
  }, [suggested])
  useEffect(() => {
    if (isShown) field.current?.focus({ preventScroll: true })
  }, [isShown])
  useLayoutEffect(() => grow(field.current), [text])

  const send = () => {
    if (!canSend) return
    chat.say(text.trim(), uploads.take())
    write('')
    tell(false)
    field.current?.focus()
  }
  // A note that was sent goes as soon as it is stored; one that was cut off by its length waits to be looked at.
  const sendWhenStored = useRef(false)
  const voice = useVoice((note, isFull) => {
    sendWhenStored.current = !isFull
    uploads.add([note])
  })
  useEffect(() => {
    if (!sendWhenStored.current || uploads.isBusy || uploads.list.length === 0) return
    sendWhenStored.current = false
    send()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is being composed, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    uploads.add(files)
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <UploadList uploads={uploads} />
      {voice.trouble && (
        <p class="trouble" role="alert">
          {voice.trouble}
        </p>
      )}
      {voice.bar}
      <div class="wc" hidden={voice.state === 'recording'}>
        <AttachButton uploads={uploads} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          maxLength={MAX_MESSAGE}
          aria-label={t('message')}
          placeholder={placeholder(state)}
          enterkeyhint="send"
          onInput={({ currentTarget }) => {
            write(currentTarget.value)
            tell(currentTarget.value !== '' && state.conversation !== null)
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {text === '' && uploads.list.length === 0 && [canRecord() && <VoiceButton voice={voice} />, call]}
        <button type="submit" class="ib send" aria-label={t('send')} aria-disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}

function placeholder({ conversation }: ChatState): string {
  if (!conversation) return t('placeholder')
  return conversation.status === 'closed' ? t('placeholderEnded') : t('placeholderChat')
}

/** Where the browser cannot size a field by its content. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field || CSS.supports('field-sizing', 'content')) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}

function AttachButton({ uploads }: { uploads: Uploads }): VNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="ib" aria-label={t('attach')} onClick={() => input.current?.click()}>
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          uploads.add(currentTarget.files ?? [])
          currentTarget.value = ''
        }}
      />
    </>
  )
}

function VoiceButton({ voice }: { voice: Voice }): VNode {
  return (
    <button
      type="button"
      class="ib"
      aria-label={t('record')}
      aria-disabled={voice.state === 'asking'}
      onClick={voice.start}
    >
      <Icon name="mic" />
    </button>
  )
}

function UploadList({ uploads }: { uploads: Uploads }): VNode | null {
  if (uploads.list.length === 0) return null
  return (
    <ul class="uploads">
      {uploads.list.map(({ key, name, share, stored, code }) => (
        <li key={key} class={code === undefined ? 'upload' : 'upload bad'}>
          <Icon name={code === undefined ? 'file' : 'alert'} />
          <span class="name" dir="auto">
            {name}
          </span>
          {code !== undefined && <span role="alert">{whyNot(code)}</span>}
          {code === undefined && !stored && <progress value={share} max={1} aria-label={t('uploading', { name })} />}
          <button type="button" class="ib sm" aria-label={t('remove', { name })} onClick={() => uploads.remove(key)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}

const REPEAT_MS = 3000
const STOP_MS = 5000

/** Tells that the visitor types: at most every three seconds, and that it has stopped. */
function useTyping(chat: Chat): (active: boolean) => void {
  const toldAt = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const say = (active: boolean) => {
    toldAt.current = active ? Date.now() : 0
    chat.api.typing(active).catch(() => {}) // a sign that is lost is no loss
  }
  return (active) => {
    clearTimeout(timer.current)
    if (active) {
      if (Date.now() - toldAt.current > REPEAT_MS) say(true)
      timer.current = setTimeout(() => say(false), STOP_MS)
    } else if (toldAt.current > 0) say(false)
  }
}
