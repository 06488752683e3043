/** F6 walks through the parts of the screen, as in a browser's own frame: bar, rail, list, conversation, facts. */

const REGIONS =
  '.top, .rail, .offers, .lcol, .inbox > .qlist, .inbox > aside, .tablescreen > .tbar, .tscroll, .tcol, .icol, .drawer, .dpage, .dside, .anav, .set-page, .toasts'

/** The next part that can be seen; its own focus when it keeps one, else the first thing in it. */
export function focusNextRegion(): void {
  const parts = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter((part) => part.checkVisibility())
  const here = parts.findLastIndex((part) => part.contains(document.activeElement))
  for (let step = 1; step <= parts.length; step++) {
    const part = parts[(here + step) % parts.length]
    if (part && enter(part)) return
  }
}

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), textarea, summary, [tabindex="0"]'

function enter(part: HTMLElement): boolean {
  const nested = part.querySelector(REGIONS)
  const inside = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (one) => one.checkVisibility() && one.tabIndex >= 0 && !nested?.contains(one),
  )
  inside[0]?.focus()
  return document.activeElement === inside[0]
}
