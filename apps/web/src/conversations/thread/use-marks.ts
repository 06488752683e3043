/** Marks what was searched for where it stands, without touching what is drawn: ranges, not elements. */
import { type RefObject, useEffect } from 'react'
import { type Exactness, placesOf } from './places.ts'

const ALL = 'found'
const CURRENT = 'found-here'

interface Marked extends Exactness {
  query: string
  current: number | null
}

export function useMarks(root: RefObject<HTMLElement | null>, marked: Marked): void {
  const { query, current, matchCase, wholeWord } = marked
  useEffect(() => {
    const element = root.current
    // Older browsers show the line of the hit, only not the words in it.
    if (!element || query.trim() === '' || typeof Highlight === 'undefined') return
    let frame = 0
    const mark = () => {
      frame = 0
      const all = new Highlight()
      const here = new Highlight()
      for (const line of element.querySelectorAll('[id^="entry-"]')) {
        const isHere = line.id === `entry-${current}`
        for (const range of rangesIn(line, query, { matchCase, wholeWord })) (isHere ? here : all).add(range)
      }
      CSS.highlights.set(ALL, all)
      CSS.highlights.set(CURRENT, here)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(mark)
    }
    const observer = new MutationObserver(soon)
    observer.observe(element, { childList: true, subtree: true, characterData: true })
    mark()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      CSS.highlights.delete(ALL)
      CSS.highlights.delete(CURRENT)
    }
  }, [root, query, current, matchCase, wholeWord])
}

/** A hit may run through several pieces of one line, as when a part of it is bold. */
function rangesIn(line: Element, query: string, exactness: Exactness): Range[] {
  const pieces: { node: Text; from: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('.sr, .meta, .m')) continue
    pieces.push({ node, from: text.length })
    text += node.data
  }
  const at = (offset: number): [Text, number] | null => {
    const piece = pieces.findLast(({ from }) => from <= offset)
    return piece ? [piece.node, offset - piece.from] : null
  }
  return placesOf(text, query, exactness).flatMap(([from, to]) => {
    const start = at(from)
    const end = at(to - 1)
    if (!start || !end) return []
    const range = new Range()
    range.setStart(...start)
    range.setEnd(end[0], end[1] + 1)
    return [range]
  })
}
