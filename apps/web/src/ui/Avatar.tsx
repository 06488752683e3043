/** Who it is, by shape before hue: circle = contact, rounded square = agent, ring = operator. */

import clsx from 'clsx'
import AudioLines from 'lucide-react/icons/audio-lines'
import UserRound from 'lucide-react/icons/user-round'
import type { CSSProperties, ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { initials, nameHue } from './initials.ts'

type Size = 'xs' | 'sm' | 'md' | 'lg' | 'xl'
type Props = { name: string | null; size?: Size /** A channel mark for the corner. */; corner?: ReactNode }

function Person({ name, size, corner, operator }: Props & { operator?: boolean }) {
  const mark = corner && <span className="ch">{corner}</span>
  if (!name) {
    return (
      <span className={clsx('av anon', size)} aria-hidden>
        <Icon of={UserRound} size="s" />
        {mark}
      </span>
    )
  }
  return (
    <span
      className={clsx('av', size, operator && 'hm')}
      style={{ '--h': nameHue(name) } as CSSProperties}
      data-letters={initials(name)}
      aria-hidden
    >
      {mark}
    </span>
  )
}

/** Nobody's name yet: an outlined circle with a person in it. */
export const ContactAvatar = (props: Props) => <Person {...props} />
export const OperatorAvatar = (props: Props) => <Person {...props} operator />

type AgentProps = { size?: Size; quiet?: boolean /** Its own picture. */; src?: string | null }

export function AgentAvatar({ size, quiet, src }: AgentProps) {
  if (src)
    return (
      <span className={clsx('av ai pic', size)} aria-hidden>
        <img src={src} alt="" />
      </span>
    )
  return (
    <span className={clsx('av ai', size, quiet && 'q2')} aria-hidden>
      <Icon of={AudioLines} size={size === 'xs' || size === 'sm' ? 'xs' : 's'} />
    </span>
  )
}
