/** Who has what: every person with their availability, load and conversations; supervisors move them. */
import { call } from '@earshot/client'
import { changeOperator, type Operator, type QueueItem } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { tellProblem } from '../app/problem.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuChoices } from '../ui/Menu.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { EmptyState } from '../ui/States.tsx'
import { toast } from '../ui/Toasts.tsx'
import { operatorsQuery, queueKeys } from './queue-cache.ts'
import { SlaRing } from './SlaRing.tsx'
import { askTransfer } from './transfer-asked.ts'
import { useContactName } from './use-contact-name.ts'
import { CHOOSABLE, type Choosable, isChoosable } from './use-presence.ts'

export function Board({ items }: { items: readonly QueueItem[] }) {
  const { t } = useTranslation('inbox')
  const operators = useQuery(operatorsQuery)
  return (
    <section className="scroll grow" aria-label={t('board.label')}>
      <Loaded query={operators} rows={5}>
        {(people) =>
          people.length === 0 ? (
            <EmptyState art="inbox" title={t('empty.board')} text={t('empty.boardText')} />
          ) : (
            <ul className="board">
              {sorted(people).map((operator) => (
                <Person key={operator.member.id} operator={operator} items={items} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const ORDER = ['available', 'not_responding', 'busy', 'offline']
const sorted = (people: readonly Operator[]): Operator[] =>
  people.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.member.name.localeCompare(b.member.name),
  )

function Person({ operator, items }: { operator: Operator; items: readonly QueueItem[] }) {
  const { t } = useTranslation('inbox')
  const { member, skills, load, caps, offered, since } = operator
  const held = items.filter(({ holder }) => holder?.id === member.id)
  return (
    <li className="card board-person">
      <div className="row">
        <OperatorAvatar name={member.name} size="md" />
        <span className="grow">
          <span className="strong tr block" dir="auto">
            {member.name}
          </span>
          <span className="small t3 tr block">{skills.join(', ') || t('board.noSkills')}</span>
        </span>
        {offered.length > 0 && <Badge tone="info">{t('board.offered', { count: offered.length })}</Badge>}
        <span className="num small t2">
          {t('presence.kind.chat')} {t('presence.load', { load: load.chat, cap: caps.chat })}
        </span>
        {since && (
          <span className="small t3 hide-s">
            <RelativeTime at={since} />
          </span>
        )}
        <SetPresence operator={operator} />
      </div>
      {held.length === 0 ? (
        <p className="small t3">{t('board.nothing')}</p>
      ) : (
        <ul className="board-held">
          {held.map((item) => (
            <Held key={item.conversationId} item={item} owner={member.name} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Held({ item, owner }: { item: QueueItem; owner: string }) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const { conversation } = item
  const contact = useContactName(conversation.contact)
  return (
    <li>
      <SlaRing item={item} />
      <Link
        to="/inbox/$id"
        params={{ id: conversation.id }}
        search={{ queue: 'board' }}
        className="grow tr link"
        dir="auto"
      >
        {contact}
      </Link>
      <Button
        size="sm"
        aria-label={t('board.moveNamed', { contact, name: owner })}
        onClick={() => askTransfer(conversation)}
      >
        {t('board.move')}
      </Button>
    </li>
  )
}

function SetPresence({ operator }: { operator: Operator }) {
  const { t } = useTranslation('inbox')
  const cache = useQueryClient()
  const { member, state } = operator
  const set = useMutation({
    mutationFn: (next: Choosable) => call(changeOperator, { params: { id: member.id }, body: { state: next } }),
    onSuccess: (changed) => {
      cache.setQueryData<Operator[]>(queueKeys.operators, (all) =>
        all?.map((one) => (one.member.id === changed.member.id ? changed : one)),
      )
      toast.done(t('board.setDone', { name: member.name, state: t(`presence.${changed.state}`).toLowerCase() }))
    },
    onError: tellProblem,
  })
  const word = t(`presence.${state}`)
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" aria-label={t('board.presenceOf', { name: member.name, state: word })}>
          <span className={`presence-dot ${state}`} />
          {word}
          <Icon of={ChevronDown} size="xs" />
        </Button>
      }
    >
      <MenuChoices
        value={isChoosable(state) ? state : null}
        onChange={(next) => next !== state && set.mutate(next)}
        choices={CHOOSABLE.map((one) => ({
          value: one,
          label: t('board.setTo', { state: t(`presence.${one}`).toLowerCase() }),
        }))}
      />
    </Menu>
  )
}
