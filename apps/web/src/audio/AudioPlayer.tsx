/** The player at the top of a conversation: its voice messages one after another, or that there are none. */
import type { AudioMessage } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Download from 'lucide-react/icons/download'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../ui/Button.tsx'
import { Switch } from '../ui/Choice.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { clockTime } from '../ui/relative-time.ts'
import { clock } from './clock.ts'
import { download, downloadAll } from './download.ts'
import { PlayButton } from './PlayButton.tsx'
import { play, RATES, setFollows, setRate, useFollows, useHold, usePlayback, useRate } from './playback.ts'
import { audioQuery } from './queries.ts'
import { type Sound, useSound } from './use-sound.ts'
import { Waveform } from './Waveform.tsx'

type Props = {
  conversationId: string
  /** What the conversation says of itself: without sound nothing is asked for. */
  hasAudio?: boolean
}

export function AudioPlayer({ conversationId, hasAudio = true }: Props) {
  const { t } = useTranslation('audio')
  const { data, isError, refetch } = useQuery({ ...audioQuery(conversationId), enabled: hasAudio })
  if (hasAudio && isError) {
    return (
      <div className="player quiet">
        <span>{t('listFailed')}</span>
        <Button size="sm" onClick={() => void refetch()}>
          {t('again')}
        </Button>
      </div>
    )
  }
  if (hasAudio && !data) return <div className="player quiet" aria-busy="true" />
  if (!data || data.length === 0) {
    return (
      <div className="player quiet">
        <Icon of={MessageSquareText} size="s" />
        {t('textOnly')}
      </div>
    )
  }
  return <Player conversationId={conversationId} list={data} key={conversationId} />
}

function Player({ conversationId, list }: { conversationId: string; list: readonly AudioMessage[] }) {
  const { t } = useTranslation('audio')
  useHold(conversationId)
  const playing = usePlayback().message?.id
  const [chosen, choose] = useState<string | null>(null)
  const first = list.find(({ state }) => state === 'ready') ?? list[0]!
  const message = list.find(({ id }) => id === playing) ?? list.find(({ id }) => id === chosen) ?? first
  const sound = useSound(conversationId, list, message)
  const at = list.indexOf(message)
  const go = (by: number) => {
    const next = list[at + by]
    if (!next) return
    choose(next.id)
    // What is heard follows what is shown.
    if (playing) play(conversationId, list, next.id)
  }
  return (
    <section className="sound" aria-label={t('label')}>
      <div className="player">
        <PlayButton sound={sound} />
        <span className="num small t2 at">{clock(sound.positionMs)}</span>
        <Waveform sound={sound} columns={110} />
        <span className="num small t3">{clock(message.durationMs)}</span>
        <Steps sound={sound} />
        <Speed />
      </div>
      <div className="player second">
        {list.length > 1 && (
          <span className="row g1">
            <IconButton size="sm" icon={ChevronLeft} label={t('previous')} disabled={at === 0} onClick={() => go(-1)} />
            <span className="small t2 num">{t('which', { at: at + 1, of: list.length })}</span>
            <IconButton
              size="sm"
              icon={ChevronRight}
              label={t('next')}
              disabled={at === list.length - 1}
              onClick={() => go(1)}
            />
          </span>
        )}
        <Said message={message} failed={sound.state === 'failed'} />
        <span className="grow" />
        {list.length > 1 && <Follows />}
        <Downloads conversationId={conversationId} list={list} message={message} />
      </div>
    </section>
  )
}

/** Who said it when; and what stands in the way of hearing it. */
function Said({ message, failed }: { message: AudioMessage; failed: boolean }) {
  const { t } = useTranslation('audio')
  const trouble = failed ? t('playFailed') : message.state === 'ready' ? null : t(`state.${message.state}`)
  return (
    <span className="small t2 tr" aria-live="polite">
      <bdi>{message.author.name ?? t(`voice.${message.author.kind}`)}</bdi> ·{' '}
      <time dateTime={message.at}>{clockTime(new Date(message.at))}</time>
      {trouble && <span className="bad"> · {trouble}</span>}
    </span>
  )
}

function Steps({ sound }: { sound: Sound }) {
  const { t } = useTranslation('audio')
  return (
    <>
      <button
        type="button"
        className="ib hide-s"
        aria-label={t('back')}
        title={t('back')}
        onClick={() => sound.skip(-1)}
      >
        <span className="micro num">−5</span>
      </button>
      <button
        type="button"
        className="ib hide-s"
        aria-label={t('forward')}
        title={t('forward')}
        onClick={() => sound.skip(1)}
      >
        <span className="micro num">+5</span>
      </button>
    </>
  )
}

/** One button that goes round the speeds. */
function Speed() {
  const { t } = useTranslation('audio')
  const rate = useRate()
  const next = RATES[(RATES.indexOf(rate) + 1) % RATES.length]!
  const shown = `${rate.toLocaleString(undefined, { minimumFractionDigits: 1 })}×`
  return (
    <button type="button" className="btn sm num" aria-label={t('speed', { rate: shown })} onClick={() => setRate(next)}>
      <bdi dir="ltr">{shown}</bdi>
    </button>
  )
}

function Follows() {
  const { t } = useTranslation('audio')
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
    <label className="row g2 small t2">
      <Switch label={t('follow')} checked={useFollows()} onChange={setFollows} />
      <span className="hide-s">{t('follow')}</span>
    </label>
  )
}

type DownloadsProps = { conversationId: string; list: readonly AudioMessage[]; message: AudioMessage }

function Downloads({ conversationId, list, message }: DownloadsProps) {
  const { t } = useTranslation('audio')
  const ready = list.filter(({ state }) => state === 'ready')
  if (ready.length === 0) return null
  const one = () => download(message.url, message.name)
  if (list.length === 1) return <IconButton size="sm" icon={Download} label={t('download')} onClick={one} />
  return (
    <Menu align="end" trigger={<IconButton size="sm" icon={Download} label={t('download')} />}>
      <MenuItem disabled={message.state !== 'ready'} onSelect={one}>
        {t('downloadOne')}
      </MenuItem>
      <MenuItem aside={ready.length} onSelect={() => downloadAll(conversationId)}>
        {t('downloadAll')}
      </MenuItem>
    </Menu>
  )
}
