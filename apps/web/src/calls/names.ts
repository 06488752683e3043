/** How a call and those who take part in it are called on the screen, in one place. */
import type { Call, CallParticipant, CallState } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { conversationQuery } from '../conversations/queries.ts'
import { prettyNumber } from './numbers.ts'

type T = TFunction<'calls'>

/** The contact's name, else their number, else that nobody knows. */
export function callerName({ from }: Pick<Call, 'from'>, t: T): string {
  return from.name || (from.number && prettyNumber(from.number)) || t('unknown')
}

/** As the contact is called where the carrier told no name; asked for only then. */
export function useCallerName(call: Call): string {
  const { t } = useTranslation('calls')
  const name = useContactName(call)
  return name ?? callerName(call, t)
}

export function useContactName({ conversationId, from }: Call): string | null {
  const cache = useQueryClient()
  const { data } = useQuery({ ...conversationQuery(cache, conversationId), enabled: from.name === null })
  return data?.contact.name ?? from.name
}

/** Right to left or not: what a number is written in. */
export const isNumber = ({ from }: Pick<Call, 'from'>): boolean => !from.name && from.number !== null

export const agentOf = ({ agent }: Pick<Call, 'agent'>, t: T): string => agent?.name ?? t('theAgent')

/** "Iris, Outage line". */
export function handledBy(call: Call, t: T): string {
  const line = call.line?.name ?? t(`way.${call.way}`)
  const who = call.holder?.name ?? call.agent?.name
  return who ? t('handledBy', { who, line }) : line
}

export const isHeldByPerson = (state: CallState) => state === 'takeover' || state === 'human'

/** Since when the clock of the call runs. */
export const clockStart = ({ answeredAt, startedAt }: Call): string => answeredAt ?? startedAt

export const transferTarget = ({ transfer }: Call): string =>
  transfer ? (transfer.label ?? prettyNumber(transfer.to)) : ''

export const isHere = ({ state }: CallParticipant): boolean => state === 'live' || state === 'ringing'
