/** The way to a first call, which needs no carrier: this browser calls an agent. */
import { Link } from '@tanstack/react-router'
import Phone from 'lucide-react/icons/phone'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'

export function FirstCall() {
  const { t } = useTranslation('calls')
  if (!useMay('operator')) return null
  return (
    <Link className={buttonClass({ variant: 'primary' })} to="/calls/setup">
      <Icon of={Phone} />
      {t('empty.first')}
    </Link>
  )
}
