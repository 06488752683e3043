/** Somebody else saved while this was edited: nothing is overwritten by itself. */
import type { AgentDocument } from '@earshot/contracts'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Banner } from '../../ui/States.tsx'
import type { AgentDraft } from './use-agent-draft.ts'

export function NewerVersion({ draft, newer }: { draft: AgentDraft; newer: AgentDocument }) {
  const { t } = useTranslation('agents')
  return (
    <Banner
      tone="warn"
      icon={UsersRound}
      actions={
        <>
          <Button size="sm" onClick={draft.reset}>
            {t('newer.theirs')}
          </Button>
          <Button size="sm" onClick={draft.rebase}>
            {t('newer.mine')}
          </Button>
        </>
      }
    >
      {t('newer.text', { name: newer.savedBy || t('newer.somebody'), version: newer.version })}
    </Banner>
  )
}
