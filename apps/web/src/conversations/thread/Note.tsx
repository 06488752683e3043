/** What the contact never sees: notes for the team, coaching and the handover for the agent. */
import type { Entry } from '@earshot/contracts'
import Ear from 'lucide-react/icons/ear'
import StickyNote from 'lucide-react/icons/sticky-note'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { clockTime } from '../../ui/relative-time.ts'

type Props = { kind: 'note' | 'coaching' | 'handover' | 'passed'; entry: Entry; agent: string }

export function Note({ kind, entry, agent }: Props) {
  const { t } = useTranslation('conversations')
  const state = entry.data.state
  const isNote = kind === 'note' || kind === 'passed'
  const by = entry.author.name ?? t('author.operator')
  const values = { name: by, time: clockTime(new Date(entry.at)), agent }
  return (
    <div
      className={isNote ? 'inote' : 'coach'}
      id={kind === 'handover' || kind === 'passed' ? undefined : `entry-${entry.position}`}
    >
      <Icon of={isNote ? StickyNote : Ear} size="s" />
      <div>
        <div dir="auto">
          <Markdown text={entry.text ?? ''} />
        </div>
        <div className="m">
          {t(`note.${kind}`, values)}
          {kind === 'coaching' &&
            (state === 'seen' || state === 'applied' || state === 'queued') &&
            ` · ${t(`note.state.${state}`)}`}
        </div>
      </div>
    </div>
  )
}
