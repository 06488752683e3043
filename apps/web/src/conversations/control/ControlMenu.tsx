/** Who answers, by colour, shape and word; and the menu that changes it. */
import type { Conversation } from '@earshot/contracts'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Hand from 'lucide-react/icons/hand'
import ListEnd from 'lucide-react/icons/list-end'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
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
  const { member } = useSession()
  const may = useMay('operator')
  const ask = useAsk()
  const { askForHuman } = useControl(conversation)
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
  const mine = conversation.control === 'operator' && conversation.assignee?.id === member.id
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
      <MenuSeparator />
      {!mine && state !== 'blocked' && (
        <MenuItem icon={Hand} keys="R" onSelect={() => ask('takeOver')}>
          {t('takeOver.verb')}
        </MenuItem>
      )}
      {conversation.control !== 'agent' && state !== 'blocked' && conversation.agent && (
        <MenuItem icon={Play} onSelect={() => ask('handBack')}>
          {t('handBack.to', { agent })}
        </MenuItem>
      )}
      {!waitsForHuman(conversation) && state !== 'blocked' && (
        <MenuItem icon={ListEnd} onSelect={() => askForHuman.mutate()}>
          {t('control.queue')}
        </MenuItem>
      )}
    </Menu>
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
