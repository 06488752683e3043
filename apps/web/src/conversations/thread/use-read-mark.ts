/** What has been read: where the New line stands, and telling the server once the end was seen. */
import { call } from '@earshot/client'
import { type Conversation, markRead } from '@earshot/contracts'
import { useEffect, useRef, useState } from 'react'
import { useMay } from '../../app/session.ts'
import { usePutConversation } from '../use-put-conversation.ts'
import { usePageFocus } from './use-page-focus.ts'

/** The position behind which things are new; it stays while the reader reads, and moves when they look away. */
export function useNewAfter(conversation: Conversation): number | null {
  const looking = usePageFocus()
  const begin = () => ({ id: conversation.id, after: conversation.unreadCount > 0 ? conversation.readPosition : null })
  const [mark, setMark] = useState(begin)
  const latest = useRef(conversation)
  latest.current = conversation
  if (mark.id !== conversation.id) setMark(begin())
  useEffect(() => {
    const { id, unreadCount, lastPosition } = latest.current
    if (!looking && unreadCount === 0) setMark({ id, after: lastPosition })
  }, [looking])
  return mark.id === conversation.id ? mark.after : null
}

/** Once per new position, only while somebody looks at the end. */
export function useMarkRead(conversation: Conversation, atEnd: boolean): void {
  const looking = usePageFocus()
  const may = useMay('operator')
  const put = usePutConversation()
  const told = useRef({ id: '', position: 0 })
  const { id, lastPosition, unreadCount } = conversation
  const due = may && looking && atEnd && unreadCount > 0
  useEffect(() => {
    const known = told.current.id === id ? told.current.position : 0
    if (!due || lastPosition <= known) return
    told.current = { id, position: lastPosition }
    call(markRead, { params: { id } }).then(put, () => {
      // Tried again with the next message, or when the reader comes back.
      told.current = { id: '', position: 0 }
    })
  }, [due, id, lastPosition, put])
}
