/** Who said what of a flag and when; and what was said before a newer review opened it again. */
import './texts.ts'
import type { ConversationFlag } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { absoluteTime } from '../ui/relative-time.ts'

type Said = NonNullable<ConversationFlag['resolved']>

export function FlagSaid({ flag: { state, resolved, reopened } }: { flag: ConversationFlag }) {
  const { t } = useTranslation('judging')
  if (resolved && state !== 'open') return <Line state={state} said={resolved} />
  if (!reopened) return null
  return (
    <>
      <p className="small warn">{t('said.reopened')}</p>
      <Line state={reopened.state} said={reopened} />
    </>
  )
}

function Line({ state, said }: { state: 'confirmed' | 'dismissed'; said: Said }) {
  const { t } = useTranslation('judging')
  const name = said.by.name ?? t('said.somebody')
  const words = [said.why && t(`why.${said.why}`), said.reason].filter(Boolean).join(': ')
  return (
    <p className="small t3" dir="auto">
      {t(`said.${state}`, { name, at: absoluteTime(new Date(said.at)) })}
      {words && ` · ${words}`}
    </p>
  )
}
