/** The client's own stars and words. */
import type { Conversation } from '@earshot/contracts'
import { RatingCard } from '../contact/RatingCard.tsx'

export const ClientRating = ({ conversation }: { conversation: Conversation }) =>
  conversation.rating === null ? null : <RatingCard conversation={conversation} />
