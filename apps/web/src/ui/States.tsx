/** What a place shows when it has nothing, failed or is still coming; always with the one thing to do. */

import clsx from 'clsx'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { CSSProperties, ReactNode } from 'react'
import { Contour, contourOf } from './Contour.tsx'
import { Icon, type IconShape } from './Icon.tsx'
import { useWords } from './words.tsx'

const ART = {
  inbox: 'M4 30h14l3 5h22l3-5h14M4 30 12 10h40l8 20v8a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3z',
  search: 'M26 34a14 14 0 1 0 0-28 14 14 0 0 0 0 28zM36 30l16 10',
  book: 'M32 10c-6-4-16-4-22-2v30c6-2 16-2 22 2 6-4 16-4 22-2V8c-6-2-16-2-22 2zM32 10v30',
  wave: 'M6 22h4M14 22h4M22 22h4M30 22h4M38 22h4M46 22h4M54 22h4',
  chart: 'M8 40h48M14 34V22M26 34V14M38 34V26M50 34V8',
  check: 'M8 24l14 14L56 6',
  star: 'M32 6l8 15 17 2-12 11 3 16-16-8-16 8 3-16L7 23l17-2z',
  clock: 'M32 40a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM32 12v10l7 5',
}

/** Says what the emptiness means, then offers one thing to do. */
export function EmptyState(props: { art: keyof typeof ART; title: ReactNode; text?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <svg
        className="art"
        viewBox="0 0 64 44"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        <path d={ART[props.art]} />
      </svg>
      <div className="strong">{props.title}</div>
      {props.text && <p className="t2">{props.text}</p>}
      {props.actions && <div className="row wrap empty-do">{props.actions}</div>}
    </div>
  )
}

type Oops = { shape?: 'quiet' | 'busy'; title: ReactNode; text: ReactNode; actions?: ReactNode; details?: ReactNode }

/** A whole page that cannot be shown: what happened, what is safe, what to do; the code is under Details. */
export function ErrorState({ shape = 'quiet', title, text, actions, details }: Oops) {
  const words = useWords()
  const turns = contourOf(String(title), {
    length: 46,
    level: shape === 'quiet' ? 0.16 : 0.9,
    flag: shape === 'busy' ? 25 : undefined,
  })
  return (
    <div className="oops" role="alert">
      <Contour turns={turns} width={260} height={48} gap={2.4} dim={shape === 'quiet' ? 1 : 0.45} />
      <h1>{title}</h1>
      <p>{text}</p>
      {actions && <div className="row wrap">{actions}</div>}
      {details && (
        <details className="small t3">
          <summary className="row g2">
            <Icon of={ChevronRight} size="xs" className="chev" />
            {words.details}
          </summary>
          <div className="mono">{details}</div>
        </details>
      )}
    </div>
  )
}

/** Grey boxes in the real geometry. Show them only after 200 ms: the animation delay is in the style. */
export function Skeleton({
  width,
  height,
  radius,
  className,
}: {
  width?: number | string
  height: number
  radius?: number | string
  className?: string
}) {
  const box: CSSProperties = { width, height, borderRadius: radius }
  return <div className={clsx('sk', className)} style={box} aria-hidden />
}

/** Rows of a page that is on its way. */
export function SkeletonRows({ rows = 4 }: { rows?: number }) {
  const words = useWords()
  return (
    <div className="sk-rows" aria-busy="true" role="status" aria-label={words.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
        <div className="row" key={row}>
          <Skeleton width={32} height={32} radius="50%" />
          <div className="grow col sk-lines">
            <Skeleton width={`${58 - ((row * 13) % 30)}%`} height={11} />
            <Skeleton width={`${78 - ((row * 17) % 30)}%`} height={10} />
          </div>
        </div>
      ))}
    </div>
  )
}

export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-valuenow={Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-label={label}
    >
      <i style={{ width: `${value}%` }} />
    </div>
  )
}

type BannerProps = {
  tone: 'ok' | 'warn' | 'bad' | 'info' | 'note'
  icon?: IconShape
  busy?: boolean
  children: ReactNode
  actions?: ReactNode
}

/** A sentence above the work; bad news is announced at once. */
export function Banner({ tone, icon, busy, children, actions }: BannerProps) {
  return (
    <div className={clsx('banner', tone)} role={tone === 'bad' ? 'alert' : 'status'}>
      {busy ? <span className="spin" /> : icon && <Icon of={icon} size="s" />}
      <span className="grow">{children}</span>
      {actions}
    </div>
  )
}
