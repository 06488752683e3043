/** Outlines the lines that the open part rests on, also those that are drawn later. */
import { useEffect } from 'react'

const sheet = new CSSStyleSheet()

export function useOutline(positions: readonly number[]): void {
  const rules = positions.map((position) => `.rv #entry-${Math.trunc(position)}`).join(',')
  useEffect(() => {
    sheet.replaceSync(rules === '' ? '' : `${rules} { outline: 2px solid var(--contact); outline-offset: 2px; }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [rules])
}
