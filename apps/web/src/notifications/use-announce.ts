/** Tells of what is new as the person wants it told; what was there when the page was opened is not new. */
import type { Notification } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { chimeOnce } from './chime.ts'
import { choicesQuery } from './queries.ts'
import { isQuiet } from './quiet.ts'

export function useAnnounce(items: readonly Notification[] | undefined, openId: string | null): void {
  const { data: choices } = useQuery(choicesQuery)
  const newest = useRef<string | null>(null)
  useEffect(() => {
    if (!items || !choices) return
    const before = newest.current
    newest.current = items[0]?.id ?? before ?? ''
    if (before === null) return
    // Ids are ordered by time.
    const fresh = items.filter(({ id, readAt }) => id > before && readAt === null)
    const heard = fresh.filter(({ kind, conversation }) => {
      const isBeforeTheirEyes = conversation !== null && conversation.id === openId && document.hasFocus()
      return choices.kinds[kind].sound && !isQuiet(choices, kind) && !isBeforeTheirEyes
    })
    for (const { id } of heard.slice(0, 1)) void chimeOnce(id)
  }, [items, choices, openId])
}
