/** One section of the panel: a heading, what stands at its end, and its content. */
import { createContext, type ReactNode, useContext } from 'react'

/** How deep the headings of sections stand: below a name in the column, right below the title in the panel. */
export const SectionLevel = createContext<'h3' | 'h4'>('h4')

export function Section({
  title,
  end,
  id,
  children,
}: {
  title: ReactNode
  end?: ReactNode
  id?: string
  children: ReactNode
}) {
  const Heading = useContext(SectionLevel)
  return (
    <div className="sec" id={id}>
      <div className="sech">
        <Heading>{title}</Heading>
        {end && <span className="end small t3 plain">{end}</span>}
      </div>
      {children}
    </div>
  )
}
