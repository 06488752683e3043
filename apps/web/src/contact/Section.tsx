/** One section of the panel: a heading, what stands at its end, and its content. */
import type { ReactNode } from 'react'

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
  return (
    <div className="sec" id={id}>
      <div className="sech">
        <h4>{title}</h4>
        {end && <span className="end small t3 plain">{end}</span>}
      </div>
      {children}
    </div>
  )
}
