/** The call itself: who answers, the button, and while it lasts what is said and lines to say. */
import type { Channel } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import Phone from 'lucide-react/icons/phone'
import PhoneOff from 'lucide-react/icons/phone-off'
import { type ComponentType, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFollow } from '../../app/live-feed.ts'
import { agentsQuery, channelsQuery } from '../../app/queries.ts'
import { plainPreview } from '../../conversations/plain-preview.ts'
import { entriesQuery } from '../../conversations/queries.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { Elapsed } from '../Elapsed.tsx'
import { clockStart } from '../names.ts'
import { usePartials } from '../partials.ts'
import { mediaQuery } from './NetworkTest.tsx'
import type { StepProps } from './step.ts'
import type { TriedCall } from './use-tried-call.ts'

export function CallAgent({ tried, Step }: { tried: TriedCall; Step: ComponentType<StepProps> }) {
  const { t } = useTranslation('callSetup')
  const { data: channels = [] } = useQuery(channelsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const [chosen, setChosen] = useState<string>()
  const options = channels.filter(
    ({ kind, archivedAt, agentId }) =>
      archivedAt === null && agentId !== null && ['widget', 'web', 'voip'].includes(kind),
  )
  const channel = options.find(({ id }) => id === chosen) ?? options[0]
  const agentOf = ({ agentId }: Channel) => agents.find(({ id }) => id === agentId)?.name ?? ''
  const agent = channel && agentOf(channel)
  return (
    <Step
      at={2}
      isDone={tried.hasSpoken && !tried.isOn}
      isNow
      title={agent ? t('call.title', { agent }) : t('call.titleNone')}
    >
      <p className="t3 small">{channel ? t('call.text') : t('call.none')}</p>
      {channel && options.length > 1 && !tried.isOn && (
        <div className="micselect">
          <Select
            label={t('call.channel')}
            value={channel.id}
            onChange={setChosen}
            options={options.map((one) => ({
              value: one.id,
              label: t('call.who', { agent: agentOf(one), channel: one.name }),
            }))}
          />
        </div>
      )}
      {channel && (
        <div className="card callcard">
          <AgentAvatar size="lg" />
          <div className="who">
            <div className="strong">{t('call.who', { agent, channel: channel.name })}</div>
            <Standing tried={tried} />
          </div>
          <Keys tried={tried} channelId={channel.id} />
        </div>
      )}
      {tried.problem && (
        <p className="errmsg" role="alert">
          {t(`mic.problem.${tried.problem}`)}
        </p>
      )}
      {tried.call && <Said conversationId={tried.call.conversationId} />}
      {tried.isOn && <Lines tried={tried} />}
    </Step>
  )
}

function Standing({ tried: { call, isOn, isCut, isConnecting } }: { tried: TriedCall }) {
  const { t } = useTranslation('callSetup')
  return (
    <div className="small t3" role="status">
      {isConnecting ? t('call.connecting') : isCut ? t('call.cut') : call && t(`call.state.${call.state}`)}{' '}
      {isOn && call && <Elapsed since={clockStart(call)} />}
    </div>
  )
}

function Keys({ tried, channelId }: { tried: TriedCall; channelId: string }) {
  const { t } = useTranslation('callSetup')
  if (!tried.isOn)
    return (
      <Button
        className="accept"
        size="lg"
        icon={Phone}
        busy={tried.isConnecting}
        onClick={() => tried.begin(channelId)}
      >
        {t(tried.call ? 'call.again' : 'call.now')}
      </Button>
    )
  return (
    <div className="row">
      <Button
        icon={tried.isMuted ? MicOff : Mic}
        aria-pressed={tried.isMuted}
        onClick={() => tried.mute(!tried.isMuted)}
      >
        {t(tried.isMuted ? 'call.unmute' : 'call.mute')}
      </Button>
      <Button variant="destroy" icon={PhoneOff} onClick={tried.hangUp}>
        {t('call.end')}
      </Button>
    </div>
  )
}

const SHOWN = 6

function Said({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('callSetup')
  const cache = useQueryClient()
  useFollow(useMemo(() => [conversationId], [conversationId]))
  const { data } = useQuery(entriesQuery(cache, conversationId))
  const entries = data?.entries
  const said = useMemo(() => (entries ?? []).filter(({ kind, text }) => kind === 'message' && text), [entries])
  const stands = useMemo(() => new Set(said.flatMap(({ data: more }) => utteranceOf(more))), [said])
  const saying = usePartials(conversationId, stands)
  const who = (kind: string) =>
    t(kind === 'contact' || kind === 'caller' ? 'call.you' : kind === 'operator' ? 'call.person' : 'call.agent')
  if (said.length + saying.length === 0) return null
  return (
    <div className="triedsaid" role="log" aria-label={t('call.said')}>
      {said.slice(-SHOWN).map(({ position, author, text }) => (
        <p key={position} dir="auto">
          <b className="strong">{author.name ?? who(author.kind)}</b>{' '}
          {author.kind === 'contact' ? text : plainPreview(text ?? '')}
        </p>
      ))}
      {saying.map(({ utterance, role, text }) => (
        <p key={utterance} className="t3" dir="auto" aria-live="off">
          <b className="strong">{who(role)}</b> {text}
        </p>
      ))}
    </div>
  )
}

function utteranceOf(data: unknown): string[] {
  const call = (data as { call?: { utterance?: unknown } } | null)?.call
  return typeof call?.utterance === 'string' ? [call.utterance] : []
}

const LINES = ['delivery', 'refund', 'human'] as const

function Lines({ tried }: { tried: TriedCall }) {
  const { t } = useTranslation('callSetup')
  const { data: media } = useQuery(mediaQuery)
  const [text, setText] = useState('')
  return (
    <>
      <div className="row wrap g2">
        <span className="small t3">{t('call.try')}</span>
        {LINES.map((line) => (
          <Button
            key={line}
            size="sm"
            disabled={tried.isSaying}
            onClick={() => void tried.say(t(`call.lines.${line}`))}
          >
            “{t(`call.lines.${line}`)}”
          </Button>
        ))}
      </div>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '' || tried.isSaying) return
          void tried.say(text.trim())
          setText('')
        }}
      >
        <input
          className="input grow"
          aria-label={t('call.line')}
          placeholder={t('call.line')}
          maxLength={400}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" busy={tried.isSaying}>
          {t('call.say')}
        </Button>
      </form>
      <p className="small t3">
        {t(media?.recogniser ? 'call.scriptToo' : 'call.script')}{' '}
        {media && !media.recogniser && (
          <Link className="link" to="/settings/voice">
            {t('call.recogniser')}
          </Link>
        )}
      </p>
    </>
  )
}
