/** Everything known of the client besides what was said: facts, memory, and what they did on the website. */
import type { Conversation } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '../app/Loaded.tsx'
import { SectionLevel } from '../contact/Section.tsx'
import { conversationQuery } from '../conversations/queries.ts'
import { ClientRating } from './ClientRating.tsx'
import { ConversationFacts } from './ConversationFacts.tsx'
import { Memory } from './Memory.tsx'
import { VisitParts } from './VisitParts.tsx'
import { useVisit } from './visit-query.ts'

export function ClientData({ conversationId }: { conversationId: string }) {
  const cache = useQueryClient()
  const conversation = useQuery(conversationQuery(cache, conversationId))
  return (
    <SectionLevel value="h3">
      <div className="cdata">
        <Loaded query={conversation}>{(one) => <Whole conversation={one} key={one.id} />}</Loaded>
      </div>
    </SectionLevel>
  )
}

function Whole({ conversation }: { conversation: Conversation }) {
  const [visitId, choose] = useState<string>()
  const visit = useVisit(conversation.id, visitId)
  return (
    <>
      <ConversationFacts conversation={conversation} />
      <Memory conversation={conversation} />
      <Loaded query={visit}>{(read) => <VisitParts read={read} chosen={visitId} onChoose={choose} />}</Loaded>
      <ClientRating conversation={conversation} />
    </>
  )
}
