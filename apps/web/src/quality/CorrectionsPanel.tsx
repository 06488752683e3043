/** What people corrected, newest first, and the way to take it along as examples. */
import type { Correction } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Download from 'lucide-react/icons/download'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useMay } from '../app/session.ts'
import { codeWords } from '../conversations/code-words.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Chip } from '../ui/Badge.tsx'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { correctionsQuery, type Period } from './queries.ts'
import { useValueWords } from './value-words.ts'

type Props = { period: Period; part: string | undefined; onPart: (part: string | undefined) => void }

export function CorrectionsPanel({ period, part, onPart }: Props) {
  const { t } = useTranslation('quality')
  const mayExport = useMay('supervisor')
  const found = useInfiniteQuery(correctionsQuery(period, part))
  return (
    <section className="aqpanel" aria-labelledby="aq-corrections">
      <header>
        <h2 id="aq-corrections">{t('corrections.title')}</h2>
        {part !== undefined && (
          <Chip
            value={t('corrections.only', { part: codeWords('quality.part', part) })}
            removeLabel={t('corrections.all')}
            onRemove={() => onPart(undefined)}
          />
        )}
        <span className="grow" />
        <span className="small t3">{t('corrections.newest')}</span>
        {mayExport && (
          <a className={buttonClass({ size: 'sm' })} href={`/api/v1/reviews/examples?days=${period.days}`} download>
            <Icon of={Download} size="s" />
            {t('corrections.export')}
          </a>
        )}
      </header>
      <Loaded query={found} rows={4}>
        {({ pages }) => <Table items={pages.flatMap(({ items }) => items)} />}
      </Loaded>
      {found.hasNextPage && (
        <p className="foot">
          <Button size="sm" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('corrections.more')}
          </Button>
        </p>
      )}
    </section>
  )
}

function Table({ items }: { items: readonly Correction[] }) {
  const { t } = useTranslation('quality')
  if (items.length === 0) return <p className="t2">{t('corrections.none')}</p>
  return (
    <div className="aqscroll">
      <table className="aqt">
        <thead>
          <tr>
            {(['conversation', 'part', 'review', 'person', 'reason', 'who'] as const).map((column) => (
              <th scope="col" key={column}>
                {t(`corrections.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row item={item} key={item.override.id} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ item }: { item: Correction }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  const { field, part, review, person, reason, by } = item.override
  return (
    <tr>
      <td>
        <Link className="strong link" to="/conversations/$id" params={{ id: item.conversationId }} dir="auto">
          {item.contactName ?? t('corrections.unknownContact')}
        </Link>
      </td>
      <td>{words.name(field, part)}</td>
      <td className="num">{words.value(field, review)}</td>
      <td className="num strong">{words.value(field, person)}</td>
      <td>
        <span className="tr t2" title={reason} dir="auto">
          {reason}
        </span>
      </td>
      <td>
        <span className="row g2">
          <OperatorAvatar name={by.name ?? ''} size="xs" />
          {by.name ?? t('somebody')}
        </span>
      </td>
    </tr>
  )
}
