/** The queue beside every screen: keeps what is held true, shows what is offered, and draws its dialogs. */
import './texts.ts'
import type { QueueItem } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLive } from '../app/live-feed.ts'
import { useMay, useSession } from '../app/session.ts'
import { IncomingCall } from '../calls/incoming/IncomingCall.tsx'
import { callsQuery } from '../calls/queries.ts'
import { speaks, useOnAir } from '../calls/sound/on-air.ts'
import { useAnnounced } from './announce.ts'
import { LeaveDialog } from './LeaveDialog.tsx'
import { OfferCard } from './OfferCard.tsx'
import { applyToQueue, myQueueQuery, presenceQuery } from './queue-cache.ts'
import { TransferDialog } from './TransferDialog.tsx'

export default function InboxHost() {
  const cache = useQueryClient()
  const { member } = useSession()
  useLive({ onEvent: (event) => applyToQueue(cache, event, member.id) })
  // Read for the dot on the user's picture.
  useQuery(presenceQuery)
  return (
    <>
      {useMay('operator') && <Offers memberId={member.id} />}
      <TransferDialog />
      <LeaveDialog />
    </>
  )
}

const isOffered = (item: QueueItem): item is QueueItem & { offer: NonNullable<QueueItem['offer']> } =>
  item.offer !== null

function Offers({ memberId }: { memberId: string }) {
  const { t } = useTranslation('inbox')
  const { data: mine = [] } = useQuery(myQueueQuery(memberId))
  const said = useAnnounced()
  const offers = mine.filter(isOffered).filter(({ offer }) => offer.member.id === memberId)
  const { data: calls = [] } = useQuery(callsQuery(useQueryClient()))
  const isSpeaking = speaks(useOnAir())
  const callOf = ({ conversationId }: QueueItem) =>
    isSpeaking ? undefined : calls.find((one) => one.conversationId === conversationId && one.state === 'queued')
  // Who is on the line comes before who wrote.
  const [first] = [...offers].sort((a, b) => Number(callOf(b) !== undefined) - Number(callOf(a) !== undefined))
  const call = first && callOf(first)
  return (
    <>
      <span className="sr" role="status">
        {said}
      </span>
      {offers.length > 0 && (
        <section className="offers" aria-label={t('offer.region')}>
          {first && call && <IncomingCall key={first.offer.id} item={first} call={call} />}
          {first && !call && <OfferCard key={first.offer.id} item={first} />}
          {offers.length > 1 && (
            <Link to="/inbox" search={{ queue: 'mine' }} className="offer-more small">
              {t('offer.more', { count: offers.length - 1 })}
            </Link>
          )}
        </section>
      )}
    </>
  )
}
