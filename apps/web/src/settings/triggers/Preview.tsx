/** What a visitor will see, drawn small; it does nothing. */
import type { TriggerAction } from '@earshot/contracts'
import MessageSquare from 'lucide-react/icons/message-square'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'

export function Preview({ action }: { action: TriggerAction }) {
  const { t } = useTranslation('triggers')
  return (
    <section className="col gap">
      <h2 className="title">{t('preview')}</h2>
      <div className="site" role="img" aria-label={t('previewOf', { what: t(`do.${action.do}`) })}>
        <i className="short" />
        <i className="tall" />
        <i />
        <Seen action={action} />
        <span className="launch">
          <Icon of={MessageSquare} />
        </span>
      </div>
    </section>
  )
}

function Seen({ action }: { action: TriggerAction }) {
  const { t } = useTranslation('triggers')
  if (action.do === 'redirect') {
    return (
      <span className="seen toastlike mono" dir="ltr">
        {action.url}
      </span>
    )
  }
  if (action.do === 'form') {
    return (
      <span className="seen formlike" dir="auto">
        <b>{action.title}</b>
        <span className="asis">{action.text}</span>
        {action.fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drawn only
          <span className="small" key={at}>
            {field.label}
            <i />
          </span>
        ))}
        <span className="say">{action.button}</span>
      </span>
    )
  }
  return (
    <span className={action.do === 'toast' ? 'seen toastlike' : 'seen'} dir="auto">
      <span className="asis">{action.text}</span>
      {action.do === 'message' && (
        <span className="row g2">
          <span className="say">{t('yes')}</span>
          <span className="small">{t('no')}</span>
        </span>
      )}
    </span>
  )
}
