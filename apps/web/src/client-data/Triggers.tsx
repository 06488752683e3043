/** Rules that fired in a session: name, what they did, when, and what they captured, to be opened and copied. */
import type { TriggerFiring } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Zap from 'lucide-react/icons/zap'
import { useTranslation } from 'react-i18next'
import { amount } from '../contact/amounts.ts'
import { Section } from '../contact/Section.tsx'
import { Json } from '../conversations/thread/Json.tsx'
import { CopyButton } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { clockSeconds } from './clock-seconds.ts'

export function Triggers({ firings }: { firings: TriggerFiring[] }) {
  const { t } = useTranslation('clientData')
  return (
    <Section title={t('triggers')} end={<span className="num">{amount(firings.length)}</span>}>
      {firings.length === 0 && <p className="none">{t('noTriggers')}</p>}
      {firings.map((firing) => (
        <Firing firing={firing} key={firing.id} />
      ))}
    </Section>
  )
}

function Firing({ firing: { name, action, outcome, at, data } }: { firing: TriggerFiring }) {
  const { t } = useTranslation('clientData')
  return (
    <details className="trig">
      <summary>
        <Icon of={ChevronRight} size="s" className="chev t3" />
        <Icon of={Zap} size="s" className="t3" />
        <bdi className="strong tr">{name}</bdi>
        <span className="badge">{t(`actions.${action}`)}</span>
        <span className="small t2 hide-s">{t(`outcomes.${outcome}`)}</span>
        <time className="num t3 small end" dateTime={at}>
          {clockSeconds(at)}
        </time>
      </summary>
      <div className="captured">
        <CopyButton text={JSON.stringify(data, null, 2)}>{t('copyJson')}</CopyButton>
        <Json value={data} />
      </div>
    </details>
  )
}
