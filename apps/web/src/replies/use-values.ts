/** What the variables of a reply stand for in the open conversation. */
import type { Conversation } from '@earshot/contracts'
import { firstNameOf, type ReplyValues } from '@earshot/contracts/reply-variables'
import { useSession } from '../app/session.ts'

export function useReplyValues({ contact, agent, title, number, channel }: Conversation): ReplyValues {
  const { member, workspace } = useSession()
  return {
    'contact.name': contact.name,
    'contact.firstName': firstNameOf(contact.name),
    'contact.email': contact.email,
    'operator.name': member.name,
    'operator.firstName': firstNameOf(member.name),
    'agent.name': agent?.name ?? null,
    'conversation.title': title,
    'conversation.number': String(number),
    'channel.name': channel.name,
    'workspace.name': workspace.name,
  }
}
