/** What the review and people flagged, with the lines that show it; each is confirmed, or dismissed for a reason, by a person. */
import './texts.ts'
import type { Conversation, ConversationFlag } from '@earshot/contracts'
import Flag from 'lucide-react/icons/flag'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { codeWords } from '../conversations/code-words.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { DismissDialog } from './DismissDialog.tsx'
import { FlagSaid } from './FlagSaid.tsx'
import { Quotes } from './Quotes.tsx'
import { useFlags, useResolveFlag } from './use-resolve-flag.ts'

export function Flags({ conversation }: { conversation: Conversation }) {
  const { data } = useFlags(conversation.id, conversation)
  return data?.map((flag) => <OneFlag flag={flag} id={conversation.id} key={flag.id} />)
}

export const flagName = (code: string) => codeWords('flag.code', code).replaceAll('_', ' ')

function OneFlag({ flag, id }: { flag: ConversationFlag; id: string }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const resolve = useResolveFlag(id, flag)
  const [asking, setAsking] = useState(false)
  const { state, code, reason, by, evidence } = flag
  return (
    <div className="flagged">
      <div className={`flag small ${state === 'dismissed' ? 'off' : ''}`}>
        <Icon of={Flag} size="s" />
        <span className="grow" dir="auto">
          {flagName(code)}
          {reason && `: ${reason}`}
          {by?.name && ` (${t('flag.raisedBy', { name: by.name })})`}
          {state !== 'open' && ` (${t(`flag.state.${state}`)})`}
        </span>
        {may && (
          <span className="row g1">
            {state === 'open' ? (
              <>
                <Button size="sm" variant="quiet" onClick={() => resolve({ state: 'confirmed' })}>
                  {t('flag.confirm')}
                </Button>
                <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
                  {t('flag.dismiss')}
                </Button>
              </>
            ) : (
              <Button size="sm" variant="quiet" onClick={() => resolve({ state: 'open' })}>
                {t('flag.reopen')}
              </Button>
            )}
          </span>
        )}
      </div>
      <FlagSaid flag={flag} />
      <Quotes id={id} evidence={evidence} />
      {asking && (
        <DismissDialog
          open
          name={flagName(code)}
          onClose={() => setAsking(false)}
          onDismiss={(wish) => resolve({ state: 'dismissed', ...wish })}
        />
      )}
    </div>
  )
}
