/** How people judged the flags of the last month: a rule that is often dismissed is a rule to look at. */
import { call } from '@earshot/client'
import { DismissalReason, listDismissals } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { flagName } from '../contact/Flags.tsx'

const DAYS = 30
const MOST = 8

export function FlagVerdicts() {
  const { t } = useTranslation('judging')
  const { data } = useQuery({
    queryKey: ['flags', 'verdicts'],
    queryFn: ({ signal }) => call(listDismissals, { query: { days: DAYS }, signal }),
  })
  if (!data) return null
  return (
    <>
      <div className="strong">{t('queue.verdicts', { count: DAYS })}</div>
      {data.items.length === 0 && <span className="small t2">{t('queue.verdictsNone')}</span>}
      {data.items.slice(0, MOST).map(({ code, confirmed, dismissed, why }) => {
        const most = DismissalReason.options.find((one) => one === why[0]?.why)
        return (
          <div className="small" key={code}>
            <span className="row">
              <span className="grow tr">{flagName(code)}</span>
              <span className="num t2">{t('queue.verdict', { confirmed, dismissed })}</span>
            </span>
            {most && <span className="t3">{t('queue.mostly', { why: t(`why.${most}`) })}</span>}
          </div>
        )
      })}
    </>
  )
}
