/** My availability as choices of a menu. */
import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MenuChoices, MenuSeparator } from '../ui/Menu.tsx'
import { presenceQuery } from './queue-cache.ts'
import { CHOOSABLE, isChoosable, useChoosePresence } from './use-presence.ts'

export default function PresenceChoices() {
  const { t } = useTranslation('inbox')
  const { data: me } = useQuery(presenceQuery)
  const choose = useChoosePresence()
  if (!me) return null
  return (
    <>
      <MenuChoices
        label={me.state === 'not_responding' ? t('presence.not_responding') : t('presence.title')}
        value={isChoosable(me.state) ? me.state : null}
        onChange={choose}
        choices={CHOOSABLE.map((state) => ({
          value: state,
          label: t(`presence.${state}`),
          icon: <span className={`presence-dot ${state}`} />,
        }))}
      />
      <MenuSeparator />
    </>
  )
}
