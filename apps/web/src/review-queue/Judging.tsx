/** How it was judged: each part and each flag in turn, agreed with, overruled, confirmed or dismissed; then the next conversation. */
import '../quality/texts.ts'
import type { Conversation, ConversationFlag, Review, ReviewQueueItem } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { loadLate } from '../app/load-late.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { DismissDialog } from '../contact/DismissDialog.tsx'
import { flagName } from '../contact/Flags.tsx'
import { analyserName } from '../contact/SessionSummary.tsx'
import { useFlags, useResolveFlag } from '../contact/use-resolve-flag.ts'
import { reviewQuery } from '../conversations/queries.ts'
import { useReading } from '../conversations/thread/reading.tsx'
import type { Target } from '../quality/OverruleDialog.tsx'
import { Criterion } from './Criterion.tsx'
import { FlagCard } from './FlagCard.tsx'
import { Foot } from './Foot.tsx'
import { useOutline } from './use-outline.ts'
import { useWalk } from './use-walk.ts'

const OverruleDialog = lazy(() => loadLate(() => import('../quality/OverruleDialog.tsx')))

type Props = {
  conversation: Conversation
  item: ReviewQueueItem
  busy: boolean
  onDone: (wish: { reviewId: string; agreed: string[] }) => void
  onSkip: (minutes: number) => void
}

export function Judging({ conversation, item, busy, onDone, onSkip }: Props) {
  const { t } = useTranslation('judging')
  const review = useQuery(reviewQuery(conversation))
  const [agreed, setAgreed] = useState<readonly string[]>([])
  return (
    <aside className="rpanel" aria-label={t('queue.judgement')}>
      <div className="scroll grow rparts">
        <Loaded query={review}>
          {(read) => read && <Parts conversation={conversation} review={read} agreed={agreed} onAgreed={setAgreed} />}
        </Loaded>
      </div>
      <Foot
        busy={busy}
        onSkip={onSkip}
        onDone={() => onDone({ reviewId: review.data?.id ?? item.reviewId, agreed: [...agreed] })}
      />
    </aside>
  )
}

type PartsProps = {
  conversation: Conversation
  review: Review
  agreed: readonly string[]
  onAgreed: (agreed: readonly string[]) => void
}

function Parts({ conversation, review, agreed, onAgreed }: PartsProps) {
  const { t } = useTranslation('judging')
  const { goTo } = useReading()
  const { data: flags = [] } = useFlags(conversation.id, conversation)
  const [target, setTarget] = useState<Target | null>(null)
  const parts = review.quality.parts.filter(({ applicable }) => applicable)
  const walk = useWalk(parts.length + flags.length)
  const part = parts[walk.index]
  const flag = flags[walk.index - parts.length]
  const evidence = (part ?? flag)?.evidence ?? []
  useOutline(evidence.map(({ position }) => position))
  const overrule = (one: NonNullable<typeof part>) =>
    setTarget({ field: 'part', part: one.key, max: one.max, says: one.points })
  const agree = (key: string) => {
    onAgreed([...new Set([...agreed, key])])
    walk.step(1)
  }
  useShortcuts([
    { keys: 'J', group: 'move', label: t('queue.keys.next'), run: () => walk.step(1) },
    { keys: 'K', group: 'move', label: t('queue.keys.previous'), run: () => walk.step(-1) },
    ...(evidence[0]
      ? [{ keys: 'V', group: 'move' as const, label: t('queue.keys.evidence'), run: () => goTo(evidence[0]!.position) }]
      : []),
    ...(part ? [{ keys: 'Y', group: 'act' as const, label: t('queue.keys.agree'), run: () => agree(part.key) }] : []),
    ...(part ? [{ keys: 'O', group: 'act' as const, label: t('queue.keys.overrule'), run: () => overrule(part) }] : []),
  ])
  return (
    <>
      <Score review={review} />
      {parts.map((one, i) => (
        <Criterion
          key={one.key}
          part={one}
          review={review}
          open={i === walk.index}
          agreed={agreed.includes(one.key)}
          onOpen={() => walk.go(i)}
          onAgree={() => agree(one.key)}
          onOverrule={() => overrule(one)}
          onOverruled={() => walk.step(1)}
        />
      ))}
      {flags.map((one, i) => (
        <OneFlag
          key={one.id}
          id={conversation.id}
          flag={one}
          open={parts.length + i === walk.index}
          onOpen={() => walk.go(parts.length + i)}
        />
      ))}
      {flags.length === 0 && <p className="small t3">{t('queue.noFlags')}</p>}
      {target && (
        <Suspense fallback={null}>
          <OverruleDialog review={review} target={target} onClose={() => setTarget(null)} />
        </Suspense>
      )}
    </>
  )
}

function OneFlag({
  id,
  flag,
  open,
  onOpen,
}: {
  id: string
  flag: ConversationFlag
  open: boolean
  onOpen: () => void
}) {
  const { t } = useTranslation('judging')
  const resolve = useResolveFlag(id, flag)
  const [asking, setAsking] = useState(false)
  const confirm = () => resolve({ state: 'confirmed' })
  useShortcuts(
    open && flag.state === 'open'
      ? [
          { keys: 'C', group: 'act', label: t('queue.keys.confirm'), run: confirm },
          { keys: 'D', group: 'act', label: t('queue.keys.dismiss'), run: () => setAsking(true) },
        ]
      : [],
  )
  return (
    <>
      <FlagCard
        id={id}
        flag={flag}
        open={open}
        onOpen={onOpen}
        onConfirm={confirm}
        onDismiss={() => setAsking(true)}
        onReopen={() => resolve({ state: 'open' })}
      />
      {asking && (
        <DismissDialog
          open
          name={flagName(flag.code)}
          onClose={() => setAsking(false)}
          onDismiss={(wish) => resolve({ state: 'dismissed', ...wish })}
        />
      )}
    </>
  )
}

function Score({ review }: { review: Review }) {
  const { t } = useTranslation('judging')
  const { quality, effective } = review
  const changed = effective.score !== quality.score
  return (
    <div className="row rscore">
      {quality.score === null ? (
        <span className="none">{t('queue.noScore')}</span>
      ) : (
        <span className="big num">
          {changed && <del>{quality.score}</del>} {effective.score}
        </span>
      )}
      <div className="grow small t3">
        {quality.score === null
          ? t('queue.noScoreWhy')
          : changed
            ? t('queue.yourScore')
            : t('queue.scored', { rubric: quality.rubric })}
        <br />
        {t('queue.by', { analyser: analyserName(review) })}
      </div>
    </div>
  )
}
