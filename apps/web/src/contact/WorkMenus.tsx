/** Who is responsible, how urgent it is, when it comes back and how it ended: each a value that opens its menu. */
import { type Conversation, Outcome, Priority } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../app/session.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { useAct } from '../conversations/control/use-act.ts'
import { membersQuery } from '../conversations/members.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuChoices, MenuItem } from '../ui/Menu.tsx'
import { readerLocale } from '../ui/reader-locale.ts'
import { snoozeTimes } from './snooze-times.ts'

type Props = { conversation: Conversation }

const NOBODY = 'nobody'

export function AssigneeMenu({ conversation }: Props) {
  const { t } = useTranslation('conversations')
  const { member } = useSession()
  const [open, setOpen] = useState(false)
  const { data: members = [] } = useQuery({ ...membersQuery, enabled: open })
  const act = useAct(conversation)
  const { assignee } = conversation
  const choose = (id: string) => {
    const chosen = members.find((one) => one.id === id) ?? null
    if (id === (assignee?.id ?? NOBODY)) return
    act({
      action: { type: 'assign', assigneeId: chosen?.id ?? null },
      said: t('work.done.assign', { name: chosen?.name ?? t('work.nobody') }),
      at: { assignee: chosen },
    })
  }
  const mine = (id: string) => (id === member.id ? 0 : 1)
  const people = members.toSorted((a, b) => mine(a.id) - mine(b.id) || a.name.localeCompare(b.name))
  const name = assignee?.name ?? t('work.Nobody')
  return (
    <ValueMenu
      open={open}
      onOpenChange={setOpen}
      keys="A"
      words={t('keys.assign')}
      label={t('work.assign', { name })}
      value={
        assignee ? (
          <span className="row g2">
            <OperatorAvatar name={name} size="xs" />
            <span dir="auto">{name}</span>
          </span>
        ) : (
          <span className="none">{name}</span>
        )
      }
    >
      <MenuChoices
        value={assignee?.id ?? NOBODY}
        onChange={choose}
        choices={[
          { value: NOBODY, label: t('work.Nobody') },
          ...people.map((one) => ({
            value: one.id,
            label: one.id === member.id ? `${one.name} (${t('you')})` : one.name,
            icon: <OperatorAvatar name={one.name} size="xs" />,
          })),
        ]}
      />
    </ValueMenu>
  )
}

export function PriorityMenu({ conversation }: Props) {
  const { t } = useTranslation('conversations')
  const act = useAct(conversation)
  const { priority } = conversation
  const words = t(`work.priority.${priority}`)
  return (
    <ValueMenu label={t('work.setPriority', { priority: words })} value={words}>
      <MenuChoices
        value={priority}
        onChange={(next) => {
          if (next === priority) return
          act({
            action: { type: 'priority', priority: next },
            said: t('work.done.priority', { priority: t(`work.priority.${next}`) }),
            at: { priority: next },
          })
        }}
        choices={Priority.options.map((value) => ({ value, label: t(`work.priority.${value}`) }))}
      />
    </ValueMenu>
  )
}

/** `none` is what stands there while there is no outcome: the name of the button says what is seen. */
export function OutcomeMenu({ conversation, value, none }: Props & { value: ReactNode; none: string }) {
  const { t } = useTranslation('conversations')
  const act = useAct(conversation)
  const { outcome } = conversation
  return (
    <ValueMenu label={t('work.setOutcome', { outcome: outcome ? t(`outcome.${outcome}`) : none })} value={value}>
      <MenuChoices
        value={outcome}
        onChange={(next) => {
          if (next === outcome) return
          act({
            action: { type: 'outcome', outcome: next },
            said: t('work.done.outcome', { outcome: t(`outcome.${next}`) }),
            at: { outcome: next },
          })
        }}
        choices={Outcome.options.map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
      />
    </ValueMenu>
  )
}

export function SnoozeMenu({ conversation }: Props) {
  const { t } = useTranslation('conversations')
  const [open, setOpen] = useState(false)
  const act = useAct(conversation)
  const { snooze } = conversation
  const state = !snooze
    ? t('work.awake')
    : snooze.until
      ? t('work.until', { at: momentOf(snooze.until) })
      : t('work.untilReply')
  const sleep = (until: Date | null) => {
    const wish = { until: until?.toISOString() ?? null, untilReply: true }
    act({ action: { type: 'snooze', snooze: wish }, said: t('work.done.snoozed') })
  }
  return (
    <ValueMenu
      open={open}
      onOpenChange={setOpen}
      keys="H"
      words={t('keys.snooze')}
      label={t('work.snooze', { state })}
      value={snooze ? state : <span className="none">{state}</span>}
    >
      {snoozeTimes(new Date()).map(({ key, at }) => (
        <MenuItem key={key} onSelect={() => sleep(at)}>
          {t(`work.${key}`, { at: momentOf(at.toISOString()) })}
        </MenuItem>
      ))}
      <MenuItem onSelect={() => sleep(null)}>{t('work.untilReply')}</MenuItem>
      {snooze && (
        <MenuItem
          onSelect={() =>
            act({ action: { type: 'snooze', snooze: null }, said: t('work.done.woken'), at: { snooze: null } })
          }
        >
          {t('work.wake')}
        </MenuItem>
      )}
    </ValueMenu>
  )
}

const momentOf = (at: string) =>
  new Intl.DateTimeFormat(readerLocale(), { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at))

type ValueProps = {
  label: string
  value: ReactNode
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  keys?: string
  words?: string
}

/** Readers see the value; who may write opens the menu, by pointer or key. */
function ValueMenu({ label, value, children, open, onOpenChange, keys, words }: ValueProps) {
  const may = useMay('operator')
  useShortcuts(may && keys && words ? [{ keys, group: 'act', label: words, run: () => onOpenChange?.(true) }] : [])
  if (!may) return value
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <button type="button" className="copy" aria-label={label}>
          {value}
          <Icon of={ChevronDown} size="xs" />
        </button>
      }
    >
      {children}
    </Menu>
  )
}
