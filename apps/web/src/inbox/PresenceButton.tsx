/** My availability in the bar of the inbox: state, what I am offered, and how much I hold. */
import type { Operator } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { RadioCards, Switch } from '../ui/Choice.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Popover } from '../ui/Popover.tsx'
import { presenceQuery } from './queue-cache.ts'
import { CHOOSABLE, isChoosable, useChoosePresence, useSetPresence } from './use-presence.ts'

const KINDS = ['chat', 'mail', 'voice'] as const

export function PresenceButton() {
  const { t } = useTranslation('inbox')
  const { data: me } = useQuery(presenceQuery)
  if (!me) return null
  const state = t(`presence.${me.state}`)
  return (
    <Popover
      label={t('presence.title')}
      align="end"
      trigger={
        <Button aria-label={t('presence.label', { state })}>
          <span className={`presence-dot ${me.state}`} />
          {state}
          <Icon of={ChevronDown} size="xs" />
        </Button>
      }
    >
      <Choices me={me} />
    </Popover>
  )
}

function Choices({ me }: { me: Operator }) {
  const { t } = useTranslation('inbox')
  const choose = useChoosePresence()
  const { mutate, isPending } = useSetPresence()
  const { takes, load, caps } = me
  const state = isChoosable(me.state) ? me.state : null
  return (
    <div className="presence-pop">
      {me.state === 'not_responding' && <p className="small bad">{t('presence.missed')}</p>}
      <RadioCards
        label={t('presence.title')}
        layout="pick"
        value={state}
        onChange={choose}
        options={CHOOSABLE.map((one) => ({
          value: one,
          title: t(`presence.${one}`),
          text: t(`presence.${one}Text`),
          icon: <span className={`presence-dot ${one}`} />,
        }))}
      />
      <div className="sech">{t('presence.takes')}</div>
      {KINDS.map((kind) => (
        <div className="row" key={kind}>
          <span className="grow">{t(`presence.kind.${kind}`)}</span>
          <span className="num t3 small">{t('presence.load', { load: load[kind], cap: caps[kind] })}</span>
          <Switch
            label={t(`presence.kind.${kind}`)}
            checked={takes[kind]}
            disabled={state === null || isPending}
            onChange={(on) => state && mutate({ state, takes: { ...takes, [kind]: on } })}
          />
        </div>
      ))}
    </div>
  )
}
