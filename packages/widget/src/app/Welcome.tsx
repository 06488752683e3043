/** Before the first word: the company's question, and who will answer it. */
import type { Session } from '@earshot/contracts'
import type { VNode } from 'preact'
import { Icon } from './Icon.tsx'
import { Avatar } from './Turn.tsx'
import { t } from './texts.ts'

export function Welcome({ session, onClose }: { session: Session; onClose: (() => void) | undefined }): VNode {
  const { agent, channel, workspace } = session
  return (
    <header class="welcome">
      <div class="row">
        <Avatar author={{ kind: agent ? 'agent' : 'operator', name: agent?.name ?? null }} size="md" />
        <bdi class="company">{workspace.name}</bdi>
        {onClose && (
          <button type="button" class="ib" aria-label={t('minimise')} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <h1>
        <bdi>{channel.greeting}</bdi>
      </h1>
      <p>{agent ? t('aiAnswers', { name: agent.name }) : t('peopleAnswer')}</p>
    </header>
  )
}
