/** What else can be done with a question: settle it, put it in other words, make it one with another. */
import type { DismissReason, UnansweredQuestion } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/Menu.tsx'
import { type Doing, useQuestion } from './use-insights.ts'

const REASONS: DismissReason[] = ['not_a_question', 'not_ours', 'one_off', 'other']
type Props = { question: UnansweredQuestion; isOpen: boolean; onDo: (doing: Doing) => void }

export function QuestionMenu({ question, isOpen, onDo }: Props) {
  const { t } = useTranslation('insights')
  const { settle, change } = useQuestion(question.id)
  const mayReplay = useMay('admin')
  if (!useMay('supervisor')) return null
  const named = { question: question.question }
  return (
    <>
      {isOpen && (
        <Menu align="end" trigger={<IconButton icon={X} label={t('unanswered.dismiss', named)} />}>
          <MenuLabel>{t('unanswered.reasons.label')}</MenuLabel>
          {REASONS.map((reason) => (
            <MenuItem key={reason} onSelect={() => settle({ state: 'dismissed', reason }, t('unanswered.dismissed'))}>
              {t(`unanswered.reasons.${reason}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('unanswered.menu', named)} />}>
        {isOpen ? (
          <MenuItem icon={Check} onSelect={() => settle({ state: 'answered' }, t('unanswered.answered'))}>
            {t('unanswered.markAnswered')}
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onSelect={() => change.mutate({ state: 'open' })}>
            {t('unanswered.reopen')}
          </MenuItem>
        )}
        {mayReplay && question.agents.length > 0 && (
          <MenuItem icon={RotateCcw} onSelect={() => onDo('replay')}>
            {t(question.replay ? 'unanswered.compare' : 'unanswered.askAgain')}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={Pencil} onSelect={() => onDo('rename')}>
          {t('unanswered.rename')}
        </MenuItem>
        <MenuItem icon={Merge} onSelect={() => onDo('merge')}>
          {t('unanswered.mergeInto')}
        </MenuItem>
      </Menu>
    </>
  )
}
