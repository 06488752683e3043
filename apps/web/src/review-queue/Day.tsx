/** Ten minutes a day: the reader's own progress in the bar, and behind it the goal and the team. */
import { call } from '@earshot/client'
import { type ReviewProgress, setReviewGoal } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { Popover } from '../ui/Popover.tsx'
import { clockTime } from '../ui/relative-time.ts'
import { Select } from '../ui/Select.tsx'
import { FlagVerdicts } from './FlagVerdicts.tsx'

const GOALS = [5, 10, 15, 20, 30, 45, 60]
const minutesOf = (seconds: number) => Math.round(seconds / 60)

export function Day({ progress }: { progress: ReviewProgress }) {
  const { t } = useTranslation('judging')
  const { done, seconds, goalMinutes, perItemSeconds } = progress.me
  const left = Math.max(0, goalMinutes * 60 - seconds)
  const goal = Math.max(1, done + Math.ceil(left / perItemSeconds))
  const share = left === 0 ? 100 : Math.min(100, Math.round((seconds / (goalMinutes * 60)) * 100))
  const words =
    left === 0
      ? t('queue.reached', { done })
      : t('queue.progress', { done, goal, minutes: Math.max(1, minutesOf(left)) })
  return (
    <Popover
      label={t('queue.details')}
      className="review-day"
      trigger={
        <button type="button" className="row review-progress" aria-label={`${t('queue.today')}: ${words}`}>
          <span
            className="progress grow"
            role="progressbar"
            aria-label={t('queue.today')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={share}
          >
            <i style={{ inlineSize: `${share}%` }} />
          </span>
          <span className="small num t2 nowrap">{words}</span>
        </button>
      }
    >
      <Details progress={progress} />
    </Popover>
  )
}

function Details({ progress: { me, team, beginsAt } }: { progress: ReviewProgress }) {
  const { t } = useTranslation('judging')
  const setGoal = useSetGoal()
  const goals = [...new Set([...GOALS, me.goalMinutes])].sort((a, b) => a - b)
  return (
    <div className="col gap">
      <div className="row">
        <span className="strong grow">{t('queue.me')}</span>
        <span className="small num t2">
          {t('queue.count', { count: me.done })} ·{' '}
          {t('queue.spent', { minutes: minutesOf(me.seconds), goal: me.goalMinutes })}
        </span>
      </div>
      <div className="row">
        <span className="small grow">{t('queue.goal')}</span>
        <Select
          label={t('queue.goal')}
          value={String(me.goalMinutes)}
          onChange={(minutes) => setGoal(Number(minutes))}
          options={goals.map((count) => ({ value: String(count), label: t('queue.minutes', { count }) }))}
        />
      </div>
      <div className="strong">{t('queue.team')}</div>
      {team.length === 0 && <span className="small t2">{t('queue.teamNone')}</span>}
      {team.map(({ member, done, seconds }) => (
        <div className="row small" key={member.id}>
          <span className="grow tr" dir="auto">
            {member.name}
          </span>
          <span className="num t2">
            {t('queue.count', { count: done })} · {t('queue.minutes', { count: minutesOf(seconds) })}
          </span>
        </div>
      ))}
      <FlagVerdicts />
      <p className="micro t3">{t('queue.begins', { at: clockTime(new Date(beginsAt)) })}</p>
    </div>
  )
}

function useSetGoal(): (minutes: number) => void {
  const cache = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: (minutes: number) => call(setReviewGoal, { body: { minutes } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['review-turn'] }),
    onError: tellProblem,
  })
  return mutate
}
