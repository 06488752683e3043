/** A grid of facts, four beside each other; what is not known is said, never left blank. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="infogrid">{children}</dl>
}

export function Fact({
  name,
  wide,
  none,
  children,
}: {
  name: string
  wide?: boolean
  none?: string
  children?: ReactNode
}) {
  const { t } = useTranslation('clientData')
  const isMissing = children === null || children === undefined || children === ''
  return (
    <div className={wide ? 'whole' : undefined}>
      <dt>{name}</dt>
      <dd dir="auto">{isMissing ? <span className="none">{none ?? t('none')}</span> : children}</dd>
    </div>
  )
}
