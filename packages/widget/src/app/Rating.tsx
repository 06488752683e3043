/** How was it: one to five stars, and a comment for who wants to say more. */
import { ApiError } from '@earshot/client'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Chat, ChatState } from './chat.ts'
import { Icon } from './Icon.tsx'
import { type TextKey, t, whyNot } from './texts.ts'

const STARS = [1, 2, 3, 4, 5] as const
const WORDS: Record<(typeof STARS)[number], TextKey> = { 1: 'rate1', 2: 'rate2', 3: 'rate3', 4: 'rate4', 5: 'rate5' }

export function Rating({ chat, state, onDone }: { chat: Chat; state: ChatState; onDone: () => void }): VNode {
  const given = state.conversation?.rating
  const [stars, setStars] = useState(given?.stars ?? 0)
  const [comment, setComment] = useState(given?.comment ?? '')
  const [problem, setProblem] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const send = async (event: Event) => {
    event.preventDefault()
    if (stars === 0) return
    try {
      await chat.rate(stars, comment.trim())
      onDone()
    } catch (error) {
      setProblem(whyNot(error instanceof ApiError ? error.code : undefined))
    }
  }
  return (
    <form class="rating" onSubmit={send}>
      <h2 ref={heading} tabIndex={-1}>
        {t('rateTitle')}
      </h2>
      <fieldset class="stars">
        <legend class="sr">{t('rating')}</legend>
        {STARS.map((count) => (
          <label key={count} class={count <= stars ? 'on' : ''}>
            <input
              type="radio"
              name="stars"
              class="sr"
              value={count}
              checked={count === stars}
              onChange={() => setStars(count)}
            />
            <Icon name="star" />
            <span class="sr">{t('star', { count })}</span>
          </label>
        ))}
      </fieldset>
      <p class="said" role="status">
        {stars > 0 && `${t('star', { count: stars })}. ${t(WORDS[stars as 1])}`}
      </p>
      <label class="field">
        <span>
          {t('rateComment')} <small>{t('optional')}</small>
        </span>
        <textarea
          rows={3}
          dir="auto"
          maxLength={2000}
          value={comment}
          onInput={(e) => setComment(e.currentTarget.value)}
        />
      </label>
      {problem !== '' && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="btn brand" aria-disabled={stars === 0}>
        {t('sendRating')}
      </button>
      <button type="button" class="btn ghost" onClick={onDone}>
        {t('skip')}
      </button>
    </form>
  )
}
