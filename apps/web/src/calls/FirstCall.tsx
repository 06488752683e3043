/** The way to a first call, which needs no carrier: the hosted page, where a visitor calls by the browser. */
import { call as ask } from '@earshot/client'
import { listChannels } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Phone from 'lucide-react/icons/phone'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'

export function FirstCall() {
  const { t } = useTranslation('calls')
  const { data } = useQuery({
    queryKey: ['channels', 'hosted'],
    queryFn: async ({ signal }) =>
      (await ask(listChannels, { signal })).items.find(({ kind, chatUrl }) => kind === 'web' && chatUrl)?.chatUrl ??
      null,
  })
  if (!data) return null
  return (
    <a className={buttonClass({ variant: 'primary' })} href={data} target="_blank" rel="noreferrer">
      <Icon of={Phone} />
      {t('empty.first')}
    </a>
  )
}
