/** Puts the conversation among those opened last, for the palette. */
import { useEffect } from 'react'
import { rememberOpened } from '../../app/recently-opened.ts'
import { useSession } from '../../app/session.ts'

export function useRememberOpened(id: string): void {
  const { member } = useSession()
  useEffect(() => rememberOpened(member.id, id), [member.id, id])
}
