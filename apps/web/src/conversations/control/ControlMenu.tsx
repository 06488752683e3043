/** Who answers, by colour, shape and word; and the menu that changes it. */
import type { Conversation } from '@earshot/contracts'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Forward from 'lucide-react/icons/forward'
import Hand from 'lucide-react/icons/hand'
import ListEnd from 'lucide-react/icons/list-end'
import Play from 'lucide-react/icons/play'
import Undo2 from 'lucide-react/icons/undo-2'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { askTransfer } from '../../inbox/transfer-asked.ts'
import { useQueueCommands } from '../../inbox/use-queue-commands.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuStates } from '../../ui/MenuStates.tsx'
import { agentName, waitsForHuman } from '../names.ts'
import { useAsk } from './dialog-context.ts'
import { useBlocking, useControl } from './use-commands.ts'

export type ControlState = 'active' | 'paused' | 'blocked'
const STATES: readonly ControlState[] = ['active', 'paused', 'blocked']
const KEYS: Record<ControlState, string> = { active: '⇧A', paused: '⇧P', blocked: '⇧B' }

/** Green while the agent may answer, orange while a person may, red when nobody does. */
export function controlState({ blocked, control }: Pick<Conversation, 'blocked' | 'control'>): ControlState {
  if (blocked) return 'blocked'
  return control === 'agent' ? 'active' : 'paused'
}

export function ControlMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const choose = useChoose(conversation)
  const state = controlState(conversation)
  const word = t(`control.${state}`)
  const look = (
    <>
      <span className="d" />
      <span className="actl-word">{word}</span>
    </>
  )
  useControlKeys(conversation, state, choose, may)
  if (!may || conversation.status !== 'active') {
    return (
      <span className={`actl ${state}`} role="img" aria-label={word}>
        {look}
      </span>
    )
  }
  const agent = agentName(conversation, t)
  return (
    <Menu
      align="end"
      className="ctlmenu"
      trigger={
        <button type="button" className={`actl ${state}`} aria-label={t('control.label', { state: word })}>
          {look}
          <Icon of={ChevronDown} size="xs" />
        </button>
      }
    >
      <MenuStates
        value={state}
        onChange={choose}
        choices={STATES.filter((one) => one !== 'active' || conversation.agent).map((one) => ({
          value: one,
          title: t(`control.menu.${one}.title`),
          text: t(`control.menu.${one}.text`, { agent }),
          keys: KEYS[one],
          mark: (
            <span className={`actl dotonly ${one}`}>
              <span className="d" />
            </span>
          ),
        }))}
      />
      {state !== 'blocked' && <Actions conversation={conversation} agent={agent} />}
    </Menu>
  )
}

function Actions({ conversation, agent }: { conversation: Conversation; agent: string }) {
  const { t } = useTranslation(['conversations', 'inbox'])
  const { member } = useSession()
  const mayForce = useMay('supervisor')
  const ask = useAsk()
  const { askForHuman, pause } = useControl(conversation)
  const { release } = useQueueCommands(conversation)
  const { control, assignee } = conversation
  const mine = control === 'operator' && assignee?.id === member.id
  return (
    <>
      <MenuSeparator />
      {!mine && (control !== 'operator' || mayForce) && (
        <MenuItem icon={Hand} keys="R" onSelect={() => ask('takeOver')}>
          {t('takeOver.verb')}
        </MenuItem>
      )}
      {control !== 'agent' && conversation.agent && (mine || control !== 'operator' || mayForce) && (
        <MenuItem icon={Play} onSelect={() => ask('handBack')}>
          {t('handBack.to', { agent })}
        </MenuItem>
      )}
      {mine && (
        <MenuItem icon={UsersRound} onSelect={pause}>
          {t('control.release')}
        </MenuItem>
      )}
      {(mine || waitsForHuman(conversation) || (control === 'operator' && mayForce)) && (
        <MenuItem icon={Forward} keys="T" onSelect={() => askTransfer(conversation)}>
          {t('inbox:transferMenu')}
        </MenuItem>
      )}
      {mine && (
        <MenuItem icon={Undo2} onSelect={() => release.mutate()}>
          {t('inbox:release')}
        </MenuItem>
      )}
      {!mine && !waitsForHuman(conversation) && (
        <MenuItem
          icon={ListEnd}
          keys={control === 'operator' && mayForce ? undefined : 'T'}
          onSelect={() => askForHuman.mutate()}
        >
          {t('control.queue')}
        </MenuItem>
      )}
    </>
  )
}

/** What choosing a state does from where the conversation stands. */
function useChoose(conversation: Conversation) {
  const ask = useAsk()
  const { pause } = useControl(conversation)
  const { unblock } = useBlocking(conversation)
  const state = controlState(conversation)
  return (next: ControlState) => {
    if (next === state) return
    if (next === 'blocked') ask('block')
    else if (state === 'blocked') unblock.mutate()
    else if (next === 'paused') pause()
    else if (conversation.agent) ask('handBack')
  }
}

function useControlKeys(
  conversation: Conversation,
  state: ControlState,
  choose: (next: ControlState) => void,
  may: boolean,
): void {
  const { t } = useTranslation('conversations')
  const open = may && conversation.status === 'active'
  const others = STATES.filter((one) => one !== state && (one !== 'active' || conversation.agent))
  useTransferKey(conversation, open)
  useShortcuts(
    open
      ? others.map((one) => ({
          keys: KEYS[one],
          group: 'act' as const,
          label: t(`keys.control.${one}`),
          run: () => choose(one),
        }))
      : [],
  )
}

/** Passes it on: to somebody in particular once people have it or are waited for, else to whoever is free. */
function useTransferKey(conversation: Conversation, open: boolean): void {
  const { t } = useTranslation('conversations')
  const { member } = useSession()
  const mayForce = useMay('supervisor')
  const { askForHuman } = useControl(conversation)
  const { control, assignee, blocked } = conversation
  const held = control === 'operator' && (assignee?.id === member.id || mayForce)
  const pass = () => (held || waitsForHuman(conversation) ? askTransfer(conversation) : askForHuman.mutate())
  const may = open && !blocked && (control !== 'operator' || held)
  useShortcuts(may ? [{ keys: 'T', group: 'act', label: t('keys.transfer'), run: pass }] : [])
}
