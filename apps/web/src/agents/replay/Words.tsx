/** An answer as it was said; against another one, with what came and went marked, unless hardly anything stayed. */
import { Markdown } from '../../ui/Markdown.tsx'
import { difference } from './difference.ts'

/** With less in common the marks say nothing but "another answer". */
const WORTH_MARKING = 0.35

export function Words({ text, against }: { text: string; against: string | null }) {
  if (against === null || against === text) return <Markdown text={text} />
  const pieces = difference(against, text)
  const same = pieces.filter(({ kind }) => kind === 'same').reduce((sum, piece) => sum + piece.text.length, 0)
  if (same < text.length * WORTH_MARKING) return <Markdown text={text} />
  return (
    <p className="marked">
      {pieces.map((piece, i) => {
        const Tag = piece.kind === 'came' ? 'ins' : piece.kind === 'went' ? 'del' : 'span'
        // biome-ignore lint/suspicious/noArrayIndexKey: made anew from two texts that do not change
        return <Tag key={i}>{piece.text}</Tag>
      })}
    </p>
  )
}
