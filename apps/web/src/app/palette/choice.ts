/** One line of the palette, and the group it stands in. */
import type { ReactNode } from 'react'

export type Choice = {
  key: string
  label: string
  mark: ReactNode
  more?: string
  aside?: ReactNode
  keys?: string
  run: () => void
}
export type ChoiceGroup = { label: string; items: Choice[] }
