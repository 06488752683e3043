/** The last seconds of a call as strokes: the visitor's voice and the other's, told apart by colour and side. For eyes only. */
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CallSession } from './session.ts'

const STROKES = 44

export function Contour({ session }: { session: CallSession }): VNode {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const strokes = [...(box.current?.children ?? [])] as HTMLElement[]
    const sizes: { size: number; isOwn: boolean }[] = []
    session.listen(({ own, speaker }) => {
      sizes.unshift({ size: Math.min(1, Math.max(own, speaker) * 5), isOwn: own > speaker })
      sizes.length = Math.min(sizes.length, STROKES / 2)
      // The newest in the middle, older ones outwards on both sides.
      strokes.forEach((stroke, i) => {
        const at = sizes[i < STROKES / 2 ? STROKES / 2 - 1 - i : i - STROKES / 2]
        stroke.style.setProperty('--size', String(at?.size ?? 0))
        stroke.className = at?.isOwn ? 'own' : ''
      })
    })
    return () => session.listen(() => {})
  }, [session])
  return (
    <div class="contour" ref={box} aria-hidden="true">
      {Array.from({ length: STROKES }, (_, i) => (
        <i key={i} />
      ))}
    </div>
  )
}
