/** A warning before sending, not after: somebody else is writing here too. */
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useTypists } from '../live.ts'

export function OthersTyping({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('conversations')
  const { member } = useSession()
  const others = useTypists(conversationId).filter((who) => who.kind === 'operator' && who.id !== member.id)
  const [first] = others
  return (
    <div role="status">
      {first && (
        <p className="small warn row g2 pad">
          <Icon of={TriangleAlert} size="xs" />
          {t('composer.othersType', { name: first.name ?? t('operator'), count: others.length })}
        </p>
      )}
    </div>
  )
}
