/** The other operators who have this conversation open. */
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { useViewers } from '../live.ts'

export function Viewers({ id }: { id: string }) {
  const { t, i18n } = useTranslation('conversations')
  const { member } = useSession()
  const here = useViewers(id, member.id)
  const names = new Intl.ListFormat(i18n.language).format(here.map(({ name }) => name))
  return (
    <span className="small t3 tr here" role="status">
      {here.length > 0 && t('alsoHere', { names, count: here.length })}
    </span>
  )
}
