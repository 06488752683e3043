/** Says which variables of a reply have no value here; it cannot be sent with them. */
import { fillVariables, REPLY_VARIABLES, type ReplyVariable } from '@earshot/contracts/reply-variables'
import { useTranslation } from 'react-i18next'

export function UnfilledHint({ text }: { text: string }) {
  const { t } = useTranslation('replies')
  const missing = fillVariables(text, {}).missing.filter((name): name is ReplyVariable =>
    REPLY_VARIABLES.some((known) => known === name),
  )
  if (missing.length === 0) return null
  const names = missing.map((name) => t(`variable.${name}`)).join(', ')
  return (
    <p className="small unfilled" role="status">
      {t('unfilled', { names })}
    </p>
  )
}
