/** Quality (the review's number) and rating (the contact's stars): beside each other, never mixed. */
import clsx from 'clsx'

/** 80 and more, 60 to 79, 40 to 59, below 40. */
export function qualityBand(score: number): '' | 'mid' | 'low' | 'vlow' {
  if (score >= 80) return ''
  if (score >= 60) return 'mid'
  return score >= 40 ? 'low' : 'vlow'
}

/** The number with a bar whose height and colour fall with the band; `none` says why there is no number. */
export function QualityBar({ score, none }: { score: number | null; none: string }) {
  if (score === null) return <span className="none">{none}</span>
  return <span className={clsx('q', qualityBand(score))}>{score}</span>
}

const STAR = 'M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5L12 17.5l-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z'

/** `label` is the whole sentence, such as "4 of 5 stars"; `none` stands in when nobody rated. */
export function Stars({ stars, label, none }: { stars: number | null; label: string; none: string }) {
  if (stars === null) return <span className="none">{none}</span>
  return (
    <span className="stars" role="img" aria-label={label}>
      {[1, 2, 3, 4, 5].map((n) => (
        <svg viewBox="0 0 24 24" key={n} className={n <= stars ? 'on' : undefined} aria-hidden>
          <path d={STAR} />
        </svg>
      ))}
    </span>
  )
}
