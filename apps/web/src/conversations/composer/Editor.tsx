/** The box to write in: a reply or a note, Markdown by keys, files by paste, drop and pick. */
import { type Conversation, MAX_MESSAGE } from '@earshot/contracts'
import Ear from 'lucide-react/icons/ear'
import Paperclip from 'lucide-react/icons/paperclip'
import Play from 'lucide-react/icons/play'
import StickyNote from 'lucide-react/icons/sticky-note'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { liveStatus } from '../../app/live-status.ts'
import { loadLate } from '../../app/load-late.ts'
import { useSession } from '../../app/session.ts'
import { useStore } from '../../app/store.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useAsk } from '../control/dialog-context.ts'
import { agentName, contactName } from '../names.ts'
import { useOnline } from '../thread/use-online.ts'
import { applyMarkdownKey } from './markdown-keys.ts'
import type { WritingKind } from './mode.ts'
import { OthersTyping } from './OthersTyping.tsx'
import { useOutbox } from './outbox.ts'
import { readDraft, sendKey, writeDraft } from './preferences.ts'
import { SendButton } from './SendButton.tsx'
import { UploadList } from './UploadList.tsx'
import { useFileDrop } from './use-file-drop.ts'
import { useTellTyping } from './use-tell-typing.ts'
import { useUploads } from './use-uploads.ts'

const WritingTools = lazy(() => loadLate(() => import('../../replies/WritingTools.tsx')))

type Props = {
  conversation: Conversation
  kind: WritingKind
  /** All that can be written here. */
  kinds: readonly WritingKind[]
  onKind: (kind: WritingKind) => void
  /** Back to the locked bar. */
  onLeave: () => void
}

export function Editor({ conversation, kind, kinds, onKind, onLeave }: Props) {
  const canReply = kinds.includes('message')
  const { t } = useTranslation('conversations')
  const writing = useWriting(conversation.id, kind)
  const field = useRef<HTMLTextAreaElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const dropping = useFileDrop(box, kind === 'message' ? writing.uploads.add : undefined)
  const { state } = useStore(liveStatus)
  const online = useOnline()
  return (
    <div className={`composer ${LOOK[kind]}`} ref={box}>
      <Tabs kind={kind} kinds={kinds} onKind={onKind} />
      <OthersTyping conversationId={conversation.id} />
      <WordsField
        conversation={conversation}
        kind={kind}
        writing={writing}
        field={field}
        onEscape={canReply ? undefined : onLeave}
      />
      <UploadList uploads={writing.uploads.uploads} onRemove={writing.uploads.remove} />
      <Foot
        conversation={conversation}
        kind={kind}
        canReply={canReply}
        writing={writing}
        onLeave={onLeave}
        tools={
          kind !== 'coaching' && (
            <Suspense>
              <WritingTools
                conversation={conversation}
                kind={kind}
                field={field}
                text={writing.text}
                change={writing.change}
              />
            </Suspense>
          )
        }
      />
      {(state === 'offline' || !online) && <p className="small t3 pad">{t('composer.offline')}</p>}
      {dropping && <div className="dropzone">{t('composer.drop')}</div>}
    </div>
  )
}

/** A note for the team stands on its own colour; coaching has a dashed border. */
const LOOK: Record<WritingKind, string> = { message: '', note: 'noting', coaching: 'noting coaching' }
/** An agent is told a few sentences, not an essay. */
const MAX_COACHING = 4000

/** A variable of a canned reply that stands there by its name: nobody sends that to a contact. */
const UNFILLED = /\{\{\s*(?:contact|operator|agent|conversation|channel|workspace)\.\w+[^{}]*\}\}/

type Writing = ReturnType<typeof useWriting>

function useWriting(conversationId: string, kind: WritingKind) {
  const { member } = useSession()
  // Two people may share a browser: what one began, the other does not read.
  const draftName = `${member.id} ${conversationId} ${kind}`
  const [text, setText] = useState(() => readDraft(draftName))
  const uploads = useUploads()
  const typing = useTellTyping(conversationId)
  const outbox = useOutbox()
  const change = (next: string) => {
    setText(next)
    writeDraft(draftName, next)
    if (kind === 'message' && next.trim() !== '') typing.typed()
  }
  const said = text.trim() !== '' || uploads.ready.length > 0
  const sayable = said && !uploads.waiting && !uploads.failed && !(kind === 'message' && UNFILLED.test(text))
  const send = (close = false) => {
    if (!sayable) return
    const saying = { conversationId, kind, text: text.trim(), attachments: uploads.ready }
    outbox.add(close && kind === 'message' ? { ...saying, close } : saying)
    typing.stopped()
    uploads.clear()
    setText('')
    writeDraft(draftName, '')
  }
  return { text, change, send, sayable, uploads }
}

function Tabs({
  kind,
  kinds,
  onKind,
}: {
  kind: WritingKind
  kinds: readonly WritingKind[]
  onKind: (kind: WritingKind) => void
}) {
  const { t } = useTranslation('conversations')
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const other = kinds[(kinds.indexOf(kind) + by + kinds.length) % kinds.length]
    if (other && other !== kind) onKind(other)
  }
  return (
    <div className="ctabs" role="tablist" aria-label={t('composer.tabs')} onKeyDown={onKeyDown}>
      {kinds.map((one) => (
        <button
          type="button"
          role="tab"
          key={one}
          aria-selected={one === kind}
          tabIndex={one === kind ? 0 : -1}
          onClick={() => onKind(one)}
        >
          {one === 'note' && <Icon of={StickyNote} size="xs" />}
          {one === 'coaching' && <Icon of={Ear} size="xs" />}
          {t(`composer.tab.${one}`)}
        </button>
      ))}
    </div>
  )
}

type FieldProps = {
  conversation: Conversation
  kind: WritingKind
  writing: Writing
  field: RefObject<HTMLTextAreaElement | null>
  onEscape?: () => void
}

function WordsField({ conversation, kind, writing, field, onEscape }: FieldProps) {
  const { t } = useTranslation('conversations')
  const name = contactName(conversation.contact, t)
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'Escape') {
      event.currentTarget.blur()
      onEscape?.()
    } else if (event.key === 'Enter' && sends(event, mod)) {
      event.preventDefault()
      writing.send(mod && event.shiftKey)
    } else if (mod && !event.altKey) markByKey(event, writing.change)
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (kind !== 'message' || files.length === 0) return
    event.preventDefault()
    writing.uploads.add(files)
  }
  const label = t(`composer.label.${kind}`, { name, agent: agentName(conversation, t) })
  return (
    <textarea
      ref={field}
      className="ed"
      data-composer={kind}
      dir="auto"
      rows={Math.min(10, Math.max(1, writing.text.split('\n').length))}
      value={writing.text}
      maxLength={kind === 'coaching' ? MAX_COACHING : MAX_MESSAGE}
      placeholder={label}
      aria-label={label}
      onChange={(event) => writing.change(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}

/** Ctrl or ⌘ with Enter always sends. Enter alone does by preference, but never where there is no Shift to avoid it. */
function sends(event: KeyboardEvent, mod: boolean): boolean {
  if (mod) return true
  const byTouch = matchMedia('(pointer: coarse)').matches
  return sendKey.get() === 'enter' && !event.shiftKey && !event.altKey && !byTouch
}

function markByKey(event: KeyboardEvent<HTMLTextAreaElement>, change: (text: string) => void): void {
  const field = event.currentTarget
  const marked = applyMarkdownKey(event.key, event.shiftKey, {
    text: field.value,
    start: field.selectionStart,
    end: field.selectionEnd,
  })
  if (!marked) return
  event.preventDefault()
  change(marked.text)
  requestAnimationFrame(() => field.setSelectionRange(marked.start, marked.end))
}

type FootProps = {
  conversation: Conversation
  kind: WritingKind
  canReply: boolean
  writing: Writing
  onLeave: () => void
  /** What comes later: canned replies, mentions, macros, a suggestion. */
  tools: ReactNode
}

function Foot({ conversation, kind, canReply, writing, onLeave, tools }: FootProps) {
  const { t } = useTranslation('conversations')
  const ask = useAsk()
  const picker = useRef<HTMLInputElement>(null)
  const agent = agentName(conversation, t)
  return (
    <div className="cf">
      {kind === 'message' && (
        <>
          <IconButton label={t('composer.attach')} icon={Paperclip} onClick={() => picker.current?.click()} />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              writing.uploads.add([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </>
      )}
      {tools}
      {kind !== 'message' && <span className="small t3 pad hide-s">{t(`composer.hint.${kind}`, { agent })}</span>}
      <span className="grow" />
      {!canReply && (
        <Button variant="quiet" onClick={onLeave}>
          {t('composer.leave')}
        </Button>
      )}
      {canReply && kind === 'message' && conversation.agent && (
        <Tooltip label={t('handBack.to', { agent })}>
          <Button
            variant="quiet"
            icon={Play}
            className="handback"
            aria-label={t('handBack.to', { agent })}
            onClick={() => ask('handBack')}
          >
            <span className="hide-s">{t('handBack.to', { agent })}</span>
          </Button>
        </Tooltip>
      )}
      <SendButton kind={kind} disabled={!writing.sayable} onSend={writing.send} />
    </div>
  )
}
