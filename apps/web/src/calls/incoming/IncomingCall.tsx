/**
 * A call that is offered: who, how long, why, what is known, and how long it stands. Nothing opens before it is accepted. Who is typing is
 * not interrupted: it stands in the corner then.
 */
import './texts.ts'
import '../../styles/incoming.css'
import { Dialog as Base } from '@base-ui/react/dialog'
import { call as ask } from '@earshot/client'
import { type Call, declineOffer, getOwnPhone, type QueueItem } from '@earshot/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import Phone from 'lucide-react/icons/phone'
import PhoneOff from 'lucide-react/icons/phone-off'
import Smartphone from 'lucide-react/icons/smartphone'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { briefQuery } from '../../brief/brief-query.ts'
import { durationOf } from '../../contact/amounts.ts'
import { codeWords } from '../../conversations/code-words.ts'
import { announce } from '../../inbox/announce.ts'
import { secondsLeft } from '../../inbox/OfferCard.tsx'
import { useTick } from '../../inbox/tick.ts'
import { useContactName } from '../../inbox/use-contact-name.ts'
import { useSetPresence } from '../../inbox/use-presence.ts'
import { choicesQuery } from '../../notifications/queries.ts'
import { isQuiet } from '../../notifications/quiet.ts'
import { AgentAvatar, ContactAvatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { Elapsed } from '../Elapsed.tsx'
import { ring } from './ring.ts'
import { useAnswer } from './use-answer.ts'

type Props = { item: QueueItem & { offer: NonNullable<QueueItem['offer']> }; call: Call }

/** A key that was meant for something else does not take a call. */
const GRACE_MS = 700

const isTyping = (): boolean =>
  document.activeElement?.matches(
    'input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable], [role=textbox]',
  ) === true

export function IncomingCall({ item, call }: Props) {
  const { t } = useTranslation('incoming')
  const name = useContactName(item.conversation.contact)
  const [isCalm, setCalm] = useState(isTyping)
  const popup = useRef<HTMLDivElement>(null)
  const [since] = useState(() => Date.now())
  const { answering, decline, isBusy } = useOffer(item, name)
  useRing(item.offer.id)
  useEffect(() => announce(t('announce', { name })), [t, name])
  const accept = () => answering.answer('browser', 'accept')
  useShortcuts([
    { keys: 'A', group: 'act', label: t('accept'), run: accept },
    { keys: 'D', group: 'act', label: t('decline'), run: () => decline.mutate() },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || Date.now() - since < GRACE_MS) return
    if (event.key === 'a') accept()
    else if (event.key === 'd') decline.mutate()
    else return
    event.preventDefault()
  }
  const body = (
    <Body
      item={item}
      call={call}
      name={name}
      isBusy={isBusy}
      answering={answering}
      onDecline={() => decline.mutate()}
    />
  )
  if (isCalm) {
    return (
      <section className="incoming calm" aria-label={t('title', { name })}>
        {body}
      </section>
    )
  }
  return (
    // Escape does not decline: it puts the offer into the corner.
    <Base.Root open onOpenChange={(open) => !open && setCalm(true)}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="overlay">
          <Base.Popup className="incoming" role="alertdialog" ref={popup} initialFocus={popup} onKeyDown={onKeyDown}>
            <Base.Title className="sr">{t('title', { name })}</Base.Title>
            {body}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function useOffer(item: Props['item'], name: string) {
  const { t } = useTranslation('incoming')
  const params = { id: item.conversationId }
  const answering = useAnswer(item.conversationId, name)
  const decline = useMutation({
    mutationFn: () => ask(declineOffer, { params, body: {} }),
    onSuccess: () => void toast.done(t('declined')),
    onError: tellProblem,
  })
  return { answering, decline, isBusy: answering.state !== 'idle' || decline.isPending }
}

/** As the person wants offers told. */
function useRing(offerId: string): void {
  const { data: choices } = useQuery(choicesQuery)
  const rings = choices?.kinds.offer.sound && !isQuiet(choices, 'offer')
  useEffect(() => (rings ? ring(offerId) : undefined), [rings, offerId])
}

interface BodyProps extends Props {
  name: string
  isBusy: boolean
  answering: ReturnType<typeof useAnswer>
  onDecline: () => void
}

function Body({ item, call, name, isBusy, answering, onDecline }: BodyProps) {
  const { t } = useTranslation('incoming')
  const { conversation, reason } = item
  return (
    <>
      <div className="ring">
        <span className="halo">
          <ContactAvatar name={conversation.contact.name} size="lg" />
        </span>
        <h2 className="title" dir="auto">
          {name}
        </h2>
        <p className="small t3">
          {conversation.channel.name} · {t('waiting')} <Elapsed since={call.queue?.since ?? item.requestedAt} />
          {reason && (
            <>
              {' · '}
              <span dir="auto">{codeWords('reason', reason)}</span>
            </>
          )}
        </p>
        <Left until={item.offer.until} />
      </div>
      <Known conversationId={item.conversationId} />
      {answering.problem && (
        <p className="errmsg" role="alert">
          {t(`problem.${answering.problem}`)}
        </p>
      )}
      <div className="cbtns">
        <Button icon={PhoneOff} keys="D" busy={isBusy && answering.state === 'idle'} onClick={onDecline}>
          {t('decline')}
        </Button>
        <Button
          className="accept"
          icon={Phone}
          keys="A"
          busy={answering.state !== 'idle'}
          onClick={() => answering.answer('browser', 'accept')}
        >
          {t('accept')}
        </Button>
      </div>
      <Foot answering={answering} onDecline={onDecline} />
    </>
  )
}

function Foot({ answering, onDecline }: Pick<BodyProps, 'answering' | 'onDecline'>) {
  const { t } = useTranslation('incoming')
  const presence = useSetPresence()
  const { data: phone } = useQuery({
    queryKey: ['voice', 'own-phone'],
    queryFn: ({ signal }) => ask(getOwnPhone, { signal }),
    retry: false,
  })
  const word =
    answering.state === 'microphone' ? 'micAsking' : answering.state === 'connecting' ? 'connecting' : 'micOpens'
  return (
    <div className="row small t3 incoming-foot">
      <Icon of={answering.problem ? MicOff : Mic} size="s" />
      <span className="grow tr" role="status">
        {t(word)}
      </span>
      {phone?.number && (
        <Button size="sm" variant="quiet" icon={Smartphone} onClick={() => answering.answer('phone', 'accept')}>
          {t('byPhone')}
        </Button>
      )}
      <Button
        size="sm"
        variant="quiet"
        busy={presence.isPending}
        onClick={() => presence.mutate({ state: 'busy', keepWork: true }, { onSuccess: onDecline })}
      >
        {t('goBusy')}
      </Button>
    </div>
  )
}

/** Two lines of the brief, written when a person was asked for. */
function Known({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('incoming')
  const { data: brief } = useQuery(briefQuery(conversationId))
  const lines = brief ? [...brief.wants, ...brief.open, ...brief.promised].slice(0, 2) : []
  return (
    <div className="card incoming-brief">
      <div className="row small t3">
        <AgentAvatar size="xs" />
        <span className="grow">{t('brief')}</span>
        {brief?.tone.direction === 'down' && <Badge tone="bad">{t('falling')}</Badge>}
      </div>
      {lines.length === 0 && <p className="t2">{t('noBrief')}</p>}
      {lines.map(({ text, positions }) => (
        <p key={`${positions[0]} ${text}`} dir="auto">
          {text}
        </p>
      ))}
    </div>
  )
}

function Left({ until }: { until: string }) {
  const { t } = useTranslation('incoming')
  const text = useRef<HTMLSpanElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useTick((now) => {
    const count = secondsLeft(until, now)
    if (text.current) text.current.textContent = durationOf(count * 1000)
    box.current?.setAttribute('aria-label', t('leftToAccept', { count }))
  })
  return (
    <div className="row g3">
      <div className="sla warn" role="timer" aria-live="off" ref={box}>
        <span className="num strong" ref={text} />
      </div>
      <span className="small t2">{t('then')}</span>
    </div>
  )
}
