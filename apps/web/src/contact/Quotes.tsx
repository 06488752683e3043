/** The lines of the transcript that show something; a click goes there. */
import type { Entries } from '@earshot/client'
import type { Evidence } from '@earshot/contracts'
import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { keys } from '../conversations/keys.ts'
import { plainPreview } from '../conversations/plain-preview.ts'
import { useReading } from '../conversations/thread/reading.tsx'

type Props = { id: string; evidence: readonly z.output<typeof Evidence>[] }

export function Quotes({ id, evidence }: Props) {
  const { t } = useTranslation('conversations')
  const { goTo } = useReading()
  const cache = useQueryClient()
  const entries = cache.getQueryData<Entries>(keys.entries(id))?.entries
  return evidence.map(({ position, quote }) => {
    const entry = entries?.find((one) => one.position === position)
    const voice = entry?.author.kind
    const words = quote ?? entry?.text
    return (
      <button
        type="button"
        key={`${position} ${quote}`}
        className={clsx('quote', voice === 'agent' && 'a', voice === 'operator' && 'h')}
        onClick={() => goTo(position)}
      >
        <span className="num">
          <span className="sr">{t('review.goTo')} </span>#{position}
        </span>
        <span className="tr" dir="auto">
          {words ? (voice === 'contact' ? words : plainPreview(words)) : t('review.goToEntry')}
        </span>
      </button>
    )
  })
}
