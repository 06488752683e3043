/** One speaker's turn in the log: bubbles, files, sources, and who said it when. */
import type { Outgoing } from '@earshot/client'
import type { Attachment, Session, VisitorEntry } from '@earshot/contracts'
import { type ComponentChildren, createContext, type VNode } from 'preact'
import { useContext } from 'preact/hooks'
import type { Chat, Words } from './chat.ts'
import { Icon } from './Icon.tsx'
import { Markdown } from './Markdown.tsx'
import { t, whyNot } from './texts.ts'
import { clockTime, duration, fileSize, initials } from './times.ts'
import type { TurnOf } from './turns.ts'

/** The agent that answers, with its picture: whoever else speaks has none. */
export const Answering = createContext<Session['agent']>(null)

export function Avatar({ author, size = '' }: { author: VisitorEntry['author']; size?: string }): VNode {
  const answering = useContext(Answering)
  const picture = answering?.name === author.name ? answering?.picture : null
  if (author.kind === 'agent') {
    return (
      <span class={`av ai ${size}`} aria-hidden="true">
        <Icon name="ai" />
        {picture && <img src={picture} alt="" onError={(event) => event.currentTarget.remove()} />}
      </span>
    )
  }
  return (
    <span class={`av hm ${size}`} aria-hidden="true">
      {author.name ? initials(author.name) : <Icon name="person" />}
    </span>
  )
}

/** An agent is always said to be an AI. */
export function nameOf({ kind, name }: VisitorEntry['author']): string {
  if (kind === 'contact') return t('you')
  if (kind === 'agent') return name ? t('ai', { name }) : t('ai', { name: '' }).replace(/^\W+/, '')
  return name ?? t('person')
}

export function Turn({ turn }: { turn: TurnOf }): VNode {
  const { author, entries } = turn
  const isOwn = author.kind === 'contact'
  const at = Date.parse(entries.at(-1)!.at)
  return (
    <div class={`turn ${isOwn ? 'own' : author.kind}`}>
      {!isOwn && <Avatar author={author} />}
      <div class="stack">
        <span class="sr">{nameOf(author)}: </span>
        {entries.map((entry) => (
          <Said key={entry.position} entry={entry} isOwn={isOwn} />
        ))}
        <div class="meta">
          {!isOwn && <b>{nameOf(author)}</b>}
          <time dateTime={entries.at(-1)!.at}>{clockTime(at)}</time>
        </div>
      </div>
    </div>
  )
}

function Said({ entry: { text, attachments, citations }, isOwn }: { entry: VisitorEntry; isOwn: boolean }): VNode {
  const titles = [...new Set(citations.map((c) => c.title))]
  return (
    <>
      {text !== '' && <Bubble>{isOwn ? <Plain text={text} /> : <Markdown text={text} />}</Bubble>}
      {attachments.map((file) =>
        file.durationMs === undefined ? <FileLink key={file.id} file={file} /> : <Sound key={file.id} file={file} />,
      )}
      {titles.map((title) => (
        <div key={title} class="cite">
          <Icon name="article" />
          <span dir="auto">{t('from', { title })}</span>
        </div>
      ))}
    </>
  )
}

export const Bubble = ({ children }: { children: ComponentChildren }): VNode => <div class="bub">{children}</div>
const Plain = ({ text }: { text: string }): VNode => (
  <p class="plain" dir="auto">
    {text}
  </p>
)

/** Sound is played where it stands; nothing of it is loaded before. */
function Sound({ file }: { file: Attachment }): VNode {
  return (
    <div class="soundfile">
      {/* biome-ignore lint/a11y/useMediaCaption: what visitors say has no captions */}
      <audio controls preload="none" src={file.url} aria-label={t('voiceMessage')} />
      {file.durationMs !== undefined && <span class="size">{duration(file.durationMs)}</span>}
    </div>
  )
}

/** Pictures kept by us are shown small; everything is downloaded, never opened. */
function FileLink({ file: { name, mediaType, size, url } }: { file: Attachment }): VNode {
  const isPicture = /^image\/(png|jpeg|gif|webp|avif)$/.test(mediaType) && url.startsWith('/')
  return (
    <a
      class="file"
      href={url}
      download={name}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('opensFile', { name, size: fileSize(size) })}
    >
      {isPicture ? <img src={url} alt="" loading="lazy" /> : <Icon name="file" />}
      <span class="name" dir="auto">
        {name}
      </span>
      <span class="size">{fileSize(size)}</span>
    </a>
  )
}

/** A message on its way: waiting, under way, or refused and in the visitor's hands. */
export function OutgoingTurn({
  message,
  isDown,
  chat,
}: {
  message: Outgoing<Words>
  isDown: boolean
  chat: Chat
}): VNode {
  const { key, body, state, code } = message
  const isFailed = state === 'failed'
  return (
    <div class="turn own">
      <div class="stack">
        <span class="sr">{t('you')}: </span>
        {body.text !== '' && (
          <Bubble>
            <Plain text={body.text} />
          </Bubble>
        )}
        {body.attachments.map((file) =>
          file.durationMs === undefined ? <FileLink key={file.id} file={file} /> : <Sound key={file.id} file={file} />,
        )}
        <div class={isFailed ? 'meta bad' : 'meta'}>
          {isFailed && <Icon name="alert" />}
          {isFailed ? t('notSent', { why: whyNot(code) }) : isDown ? <Later /> : t('sending')}
        </div>
        {isFailed && (
          <div class="row">
            <button type="button" class="btn" onClick={() => chat.retry(key)}>
              {t('retry')}
            </button>
            <button type="button" class="btn ghost" onClick={() => chat.discard(key)}>
              {t('discard')}
            </button>
          </div>
        )}
      </div>
    </div>
  )
}

const Later = (): VNode => (
  <span class="later">
    <Icon name="clock" />
    {t('willSend')}
  </span>
)
