/** One section of an agent's editor: its title, what it is for, and what stands in it. Its anchor is `#<name>`. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  /** Its key in `sections.ts`; left out where it has no place in the list beside. */
  name?: string
  title: ReactNode
  text?: ReactNode
  children: ReactNode
}

export function Section({ name, title, text, children }: Props) {
  return (
    <section className="fsec" id={name} aria-labelledby={name && `${name}-title`}>
      <h2 id={name && `${name}-title`}>{title}</h2>
      {text && <p className="d">{text}</p>}
      {children}
    </section>
  )
}

/** The sections whose title and sentence stand in `section.<name>` and `sectionText.<name>`. */
export function NamedSection({ name, children }: { name: NamedSections; children: ReactNode }) {
  const { t } = useTranslation('agents')
  return (
    <Section name={name} title={t(`section.${name}`)} text={t(`sectionText.${name}`)}>
      {children}
    </Section>
  )
}
type NamedSections =
  | 'memory'
  | 'functions'
  | 'budget'
  | 'channels'
  | 'flows'
  | 'handoff'
  | 'hours'
  | 'knowledge'
  | 'mode'
  | 'model'
  | 'profile'
  | 'situations'
