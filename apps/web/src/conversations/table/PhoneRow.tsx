/** One conversation of the table on a phone: two lines of what the columns say. */
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { memo } from 'react'
import { ChannelMark } from '../../ui/ChannelMark.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { QualityBar } from '../../ui/Score.tsx'
import { Highlighted } from '../highlight.tsx'
import { contactName } from '../names.ts'
import { Flagged, OutcomeMark } from './cells.tsx'
import type { RowProps } from './GridRow.tsx'
import { useSay } from './say.ts'

export const PhoneRow = memo(function PhoneRow({ choosing, ...props }: RowProps & { choosing: boolean }) {
  const { row, index, top, isOpen, selected, tabStop, kept, onChoose } = props
  const { t, words } = useSay()
  const name = contactName(row.contact, words)
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table element
    <div
      role="row"
      className={clsx('trow', selected && 'sel', isOpen && 'open', choosing && 'choosing')}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-of={row.id}
      tabIndex={-1}
    >
      {choosing && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <span role="gridcell" className="ck" tabIndex={-1}>
          <Checkbox
            checked={selected}
            aria-label={t('cell.select', { name })}
            onChange={() => onChoose(row.id, false)}
          />
        </span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span role="gridcell" className="grow" tabIndex={-1}>
        <Link
          to="/conversations/$id"
          params={{ id: row.id }}
          search={{ ...kept, at: row.match?.position ?? undefined }}
          className="trow-link"
          data-row={row.id}
          tabIndex={tabStop ? 0 : -1}
          onClick={(event) => {
            if (!choosing) return
            event.preventDefault()
            onChoose(row.id, false)
          }}
        >
          <span className="row">
            <span className="strong tr grow" dir="auto">
              <Highlighted text={name} query={kept.q} />
            </span>
            {row.flagCount > 0 && <Flagged count={row.flagCount} />}
            <span className="t3 small">
              <RelativeTime at={row.lastMessageAt} />
            </span>
          </span>
          <span className="l2">
            <ChannelMark kind={row.channel.kind} size="s" />
            <span className="sr">{words(`channel.${row.channel.kind}`)}</span>
            <span className={`status ${row.status}`}>{words(`status.${row.status}`)}</span>
            {row.outcome ? (
              <OutcomeMark outcome={row.outcome} />
            ) : (
              row.status === 'active' && <span className="ongoing">{t('cell.ongoing')}</span>
            )}
            <span className="grow" />
            {row.tags.length > 0 && <span className="t3">{t('cell.tags', { count: row.tags.length })}</span>}
            <QualityBar score={row.quality} none={t('cell.notReviewed')} />
          </span>
        </Link>
      </span>
    </div>
  )
})
