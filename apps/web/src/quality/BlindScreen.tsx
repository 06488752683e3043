/** A second review: the conversation, and a sheet to score it on; the first review is shown when one's own is in. */
import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useTitle } from '../app/title.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState } from '../ui/States.tsx'
import { BlindCompared } from './BlindCompared.tsx'
import { BlindSheetForm } from './BlindSheetForm.tsx'
import { BlindTranscript } from './BlindTranscript.tsx'
import { blindQuery, findNextBlind } from './queries.ts'

export function BlindScreen() {
  const { t } = useTranslation('quality')
  const { id } = useParams({ from: '/work/quality/blind/$id' })
  useTitle(t('blind.title'))
  const found = useQuery(blindQuery(id))
  return (
    <>
      <Bar />
      <div className="blind">
        <BlindTranscript id={id} />
        <aside className="scroll" aria-label={t('blind.title')}>
          <Loaded query={found} rows={6}>
            {({ sheet, compared }) =>
              compared ? (
                <BlindCompared compared={compared} next={<Next judged={sheet.judged} />} />
              ) : (
                <BlindSheetForm sheet={sheet} key={sheet.reviewId} />
              )
            }
          </Loaded>
        </aside>
      </div>
    </>
  )
}

/** Looks for one that is not judged yet, and goes there. */
export function NextBlindScreen() {
  const { t } = useTranslation('quality')
  const { judged } = useSearch({ from: '/work/quality/blind' })
  const navigate = useNavigate()
  const found = useQuery({
    queryKey: ['blind', 'next', judged],
    queryFn: async () => {
      const { conversationId } = await findNextBlind(judged)
      if (conversationId !== null)
        await navigate({ to: '/quality/blind/$id', params: { id: conversationId }, replace: true })
      return conversationId
    },
    gcTime: 0,
    staleTime: 0,
  })
  useTitle(t('blind.title'))
  return (
    <>
      <Bar />
      <Loaded query={found} rows={6}>
        {(id) => (id === null ? <EmptyState art="check" title={t('blind.none')} text={t('blind.noneText')} /> : null)}
      </Loaded>
    </>
  )
}

function Next({ judged }: { judged: 'agent' | 'human' | 'mixed' }) {
  const { t } = useTranslation('quality')
  const navigate = useNavigate()
  return (
    <Button variant="primary" onClick={() => void navigate({ to: '/quality/blind', search: { judged } })}>
      {t('blind.next')}
    </Button>
  )
}

function Bar() {
  const { t } = useTranslation('quality')
  return (
    <div className="bar">
      <Link className={buttonClass({ variant: 'quiet' })} to="/quality">
        <Icon of={ChevronLeft} className="flip" />
        {t('blind.back')}
      </Link>
      <h1 className="title">{t('blind.title')}</h1>
    </div>
  )
}
