/** What the review and people flagged, with the lines that show it; each is confirmed or dismissed by a person. */
import { call } from '@earshot/client'
import { type Conversation, type ConversationFlag, listFlags, resolveFlag } from '@earshot/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Flag from 'lucide-react/icons/flag'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { codeWords } from '../conversations/code-words.ts'
import { keys } from '../conversations/keys.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/Toasts.tsx'
import { Quotes } from './Quotes.tsx'

export function Flags({ conversation }: { conversation: Conversation }) {
  const { id, flagCount, reviewedAt } = conversation
  const { data } = useQuery({
    // A flag that was raised or resolved elsewhere changes one of the two.
    queryKey: [...keys.flags(id), flagCount, reviewedAt],
    queryFn: async ({ signal }) => (await call(listFlags, { params: { id }, signal })).items,
    placeholderData: keepPreviousData,
    enabled: flagCount > 0 || reviewedAt !== null,
  })
  return data?.map((flag) => <OneFlag flag={flag} id={id} key={flag.id} />)
}

function OneFlag({ flag, id }: { flag: ConversationFlag; id: string }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const resolve = useResolve(id, flag)
  const { state, code, reason, by, evidence } = flag
  return (
    <div className="flagged">
      <div className={`flag small ${state === 'dismissed' ? 'off' : ''}`}>
        <Icon of={Flag} size="s" />
        <span className="grow" dir="auto">
          {codeWords('flag.code', code).replaceAll('_', ' ')}
          {reason && `: ${reason}`}
          {by?.name && ` (${t('flag.raisedBy', { name: by.name })})`}
          {state !== 'open' && ` (${t(`flag.state.${state}`)})`}
        </span>
        {may && (
          <span className="row g1">
            {state === 'open' ? (
              <>
                <Button size="sm" variant="quiet" onClick={() => resolve('confirmed')}>
                  {t('flag.confirm')}
                </Button>
                <Button size="sm" variant="quiet" onClick={() => resolve('dismissed')}>
                  {t('flag.dismiss')}
                </Button>
              </>
            ) : (
              <Button size="sm" variant="quiet" onClick={() => resolve('open')}>
                {t('flag.reopen')}
              </Button>
            )}
          </span>
        )}
      </div>
      <Quotes id={id} evidence={evidence} />
    </div>
  )
}

type State = ConversationFlag['state']

function useResolve(id: string, { id: flagId, state: before }: ConversationFlag): (state: State) => void {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: ({ state }: { state: State; undoes?: boolean }) =>
      call(resolveFlag, { params: { id, flagId }, body: { state } }),
    onSuccess: (flag, { undoes }) => {
      cache.setQueriesData<ConversationFlag[]>({ queryKey: keys.flags(id) }, (held) =>
        held?.map((one) => (one.id === flagId ? flag : one)),
      )
      void cache.invalidateQueries({ queryKey: keys.flags(id) })
      if (!undoes) toast.undoable(t(`work.done.flag.${flag.state}`), () => mutate({ state: before, undoes: true }))
    },
    onError: tellProblem,
  })
  return (state) => mutate({ state })
}
