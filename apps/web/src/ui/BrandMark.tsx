/** Earshot's own mark: a voice, an ear, and what is between them. */
const VIOLET = 'light-dark(oklch(.74 .15 296),oklch(.5 .2 292))'

export function BrandMark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="7" fill="var(--ink)" />
      <path d="M6.6 10.4v3.2M10.2 7.6v8.8" stroke="var(--on-ink)" strokeWidth="2" strokeLinecap="round" fill="none" />
      <path
        d="M13.6 6.6a5.4 5.4 0 0 1 0 10.8"
        style={{ stroke: VIOLET }}
        strokeWidth="2"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="13.8" cy="12" r="1.5" style={{ fill: VIOLET }} />
    </svg>
  )
}
