/** "On this page": leads to the sections of the open agent, and shows which one is read. */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SECTIONS } from './sections.ts'

export function SectionList() {
  const { t } = useTranslation('agents')
  const current = useReadSection()
  return (
    <div className="hide-m">
      <div className="railgroup">{t('onThisPage')}</div>
      {SECTIONS.map(({ key }) => (
        <a
          className="railitem onpage"
          key={key}
          href={`#${key}`}
          aria-current={key === current || undefined}
          onClick={(event) => {
            event.preventDefault()
            document.getElementById(key)?.scrollIntoView({ block: 'start' })
          }}
        >
          {t(`section.${key}`)}
        </a>
      ))}
    </div>
  )
}

function useReadSection(): string {
  const [current, setCurrent] = useState<string>(SECTIONS[0].key)
  useEffect(() => {
    const scroll = document.querySelector('.set.agents .scroll')
    if (!scroll) return
    const look = () => {
      const top = scroll.getBoundingClientRect().top + 120
      const read = SECTIONS.findLast(
        ({ key }) => (document.getElementById(key)?.getBoundingClientRect().top ?? top) < top,
      )
      setCurrent(read?.key ?? SECTIONS[0].key)
    }
    scroll.addEventListener('scroll', look, { passive: true })
    return () => scroll.removeEventListener('scroll', look)
  })
  return current
}
