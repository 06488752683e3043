/** Where columns stand that stay in sight while the others scroll. */
import type { CSSProperties } from 'react'
import type { ShownColumn } from './columns.ts'

export const SELECT_WIDTH = 42
const ACTIONS_WIDTH = 72

/** The widths of a row's cells; the last column takes what room is left. */
export function templateOf(columns: readonly ShownColumn[]): CSSProperties {
  const widths = columns.map(({ width }, i) => (i === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`))
  return { '--cols': `${SELECT_WIDTH}px ${widths.join(' ')} ${ACTIONS_WIDTH}px` } as CSSProperties
}

type Stuck = { className: string; style: CSSProperties | undefined }

/** Pinned columns stand first, so each stays after those before it. */
export function stuck(columns: readonly ShownColumn[], index: number): Stuck {
  if (!columns[index]?.pinned) return { className: '', style: undefined }
  const before = columns.slice(0, index).reduce((sum, { width }) => sum + width, SELECT_WIDTH)
  const last = !columns[index + 1]?.pinned
  return { className: last ? 'stick last' : 'stick', style: { insetInlineStart: before } }
}
