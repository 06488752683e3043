/** The queue beside every screen: keeps what is held true, shows what is offered, and draws its dialogs. */
import './texts.ts'
import type { QueueItem } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLive } from '../app/live-feed.ts'
import { useMay, useSession } from '../app/session.ts'
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
  return (
    <>
      <span className="sr" role="status">
        {said}
      </span>
      {offers.length > 0 && (
        <section className="offers" aria-label={t('offer.region')}>
          {offers.slice(0, 1).map((item) => (
            <OfferCard key={item.offer.id} item={item} />
          ))}
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
