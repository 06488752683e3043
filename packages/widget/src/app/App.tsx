/** The whole chat: what stands where, what a key or a dropped file does, and what the page around it is told. */
import type { VNode } from 'preact'
import { useEffect, useReducer, useState } from 'preact/hooks'
import type { Bridge } from './bridge.ts'
import { Composer } from './Composer.tsx'
import type { Chat, ChatState } from './chat.ts'
import { Header } from './Header.tsx'
import { Icon } from './Icon.tsx'
import { LineBanner } from './LineBanner.tsx'
import { Log } from './Log.tsx'
import { Rating } from './Rating.tsx'
import { keep } from './storage.ts'
import { Answering } from './Turn.tsx'
import { t } from './texts.ts'
import { useCall } from './use-call.tsx'
import { type Uploads, useUploads } from './use-uploads.ts'
import { Welcome } from './Welcome.tsx'

export interface AppProps {
  chat: Chat
  bridge: Bridge
  channelKey: string
}

export function App({ chat, bridge, channelKey }: AppProps): VNode {
  const state = useChat(chat)
  const { isShown, suggested } = usePage(chat, bridge)
  const uploads = useUploads(chat.api)
  const call = useCall(chat, state)
  const [view, setView] = useState<'chat' | 'rating'>('chat')
  const [kept] = useState(() => keep(channelKey, 'text'))
  const minimise = bridge.isFramed ? () => bridge.send({ type: 'close' }) : undefined
  useRatingAtTheEnd(state, () => setView('rating'))
  useTitle(state, bridge)
  useColor(state)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    if (view === 'rating') setView('chat')
    else minimise?.()
  }
  const { session } = state
  if (!session) return <Opening phase={state.phase} onRetry={() => chat.retryNow()} onMinimise={minimise} />
  const isWelcome = state.conversation === null && state.entries.length === 0 && state.outgoing.length === 0
  return (
    <Answering.Provider value={session.agent}>
      <main
        class="wg"
        aria-label={t('chatWith', { name: session.workspace.name })}
        onKeyDown={onKeyDown}
        {...dropOf(uploads)}
      >
        {!call.isFull &&
          (isWelcome ? (
            <Welcome session={session} onClose={minimise} />
          ) : (
            <Header state={state} onRate={() => setView('rating')} onMinimise={minimise} />
          ))}
        <LineBanner line={state.line} onRetry={() => chat.retryNow()} />
        {call.panel}
        {call.isFull ? null : view === 'rating' ? (
          <Rating chat={chat} state={state} onDone={() => setView('chat')} />
        ) : (
          <>
            {isWelcome ? <div class="gap" /> : <Log chat={chat} state={state} />}
            <AfterEnd state={state} onRate={() => setView('rating')} />
            <Composer {...{ chat, state, uploads, kept, suggested, isShown }} call={call.button} />
          </>
        )}
        <p class="by">{session.channel.showPoweredBy && t('poweredBy')}</p>
      </main>
    </Answering.Provider>
  )
}

/** When it is over: thanks for a rating, or a way to give one. */
function AfterEnd({ state: { conversation }, onRate }: { state: ChatState; onRate: () => void }): VNode | null {
  if (conversation?.status !== 'closed') return null
  return (
    <div class="after">
      {conversation.rating ? (
        <span role="status">{t('rated', { count: conversation.rating.stars })}</span>
      ) : (
        <button type="button" class="btn" onClick={onRate}>
          <Icon name="star" />
          {t('rateTitle')}
        </button>
      )}
    </div>
  )
}

function Opening({
  phase,
  onRetry,
  onMinimise,
}: {
  phase: ChatState['phase']
  onRetry: () => void
  onMinimise: (() => void) | undefined
}): VNode {
  const isLoading = phase === 'loading'
  return (
    <main class="wg opening" onKeyDown={(event) => event.key === 'Escape' && onMinimise?.()}>
      {onMinimise && (
        <button type="button" class="ib corner" aria-label={t('minimise')} onClick={onMinimise}>
          <Icon name="close" />
        </button>
      )}
      {isLoading ? (
        <span class="spin" role="status" aria-label={t('loading')} />
      ) : (
        <div role="alert">
          <h1>{t(phase === 'gone' ? 'gone' : 'failed')}</h1>
          <p>{t(phase === 'gone' ? 'goneMore' : 'failedMore')}</p>
          {phase === 'failed' && (
            <button type="button" class="btn brand" onClick={onRetry}>
              {t('tryAgain')}
            </button>
          )}
        </div>
      )}
    </main>
  )
}

function useChat(chat: Chat): ChatState {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => chat.watch(() => redraw(undefined)), [chat])
  return chat.state
}

/** Follows the page: whether the chat is seen, who the visitor is said to be, what it suggests to write. */
function usePage(chat: Chat, bridge: Bridge): { isShown: boolean; suggested: { text: string } | null } {
  const [isOpen, setOpen] = useState(!bridge.isFramed)
  const [suggested, suggest] = useState<{ text: string } | null>(null)
  useEffect(() => {
    bridge.listen((message) => {
      if (message.type === 'shown') setOpen(message.shown)
      else if (message.type === 'compose') suggest({ text: message.text })
      else
        void chat.start({
          ...(message.name ? { name: message.name } : {}),
          ...(message.email ? { email: message.email } : {}),
        })
    })
  }, [chat, bridge])
  useEffect(() => {
    const look = () => chat.setShown(isOpen && document.visibilityState === 'visible')
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [chat, isOpen])
  return { isShown: isOpen, suggested }
}

/** Asks once, when a conversation ends before the visitor's eyes. */
function useRatingAtTheEnd({ conversation }: ChatState, ask: () => void): void {
  const [before, remember] = useState({ id: '', status: '' })
  useEffect(() => {
    if (!conversation) return
    const { id, status, rating } = conversation
    if (before.id === id && before.status === 'active' && status === 'closed' && !rating) ask()
    remember({ id, status })
  }, [conversation?.id, conversation?.status])
}

function useTitle({ unread, session }: ChatState, bridge: Bridge): void {
  useEffect(() => {
    if (session && !bridge.isFramed) document.title = (unread > 0 ? `(${unread}) ` : '') + session.workspace.name
  }, [unread, session, bridge])
}

function useColor({ session }: ChatState): void {
  const color = session?.channel.color
  useEffect(() => {
    if (color) document.documentElement.style.setProperty('--brand', color)
  }, [color])
}

/** Files may be dropped anywhere on the chat. */
function dropOf(uploads: Uploads) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return
      event.preventDefault()
      uploads.add(event.dataTransfer.files)
    },
  }
}
