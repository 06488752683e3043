/** A part of the workspace's own: a rule over facts, or a question to a model. */
import type { OwnPart } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { RuleEditor } from '../rules/RuleEditor.tsx'
import { isRuleWhole, newRule } from '../rules/rule-drafts.ts'

type Props = { part: OwnPart | undefined; taken: string[]; onDone: () => void; onTake: (part: OwnPart) => void }

export function OwnPartDialog({ part, taken, onDone, onTake }: Props) {
  const { t } = useTranslation('rubric')
  const [key, setKey] = useState(part?.key ?? '')
  const [by, setBy] = useState<OwnPart['judge']['by']>(part?.judge.by ?? 'rule')
  const [rule, setRule] = useState(part?.judge.by === 'rule' ? part.judge.rule : newRule)
  const [question, setQuestion] = useState(part?.judge.by === 'question' ? part.judge.question : '')
  const isTaken = taken.includes(key.trim())
  const isJudged = by === 'rule' ? isRuleWhole(rule) : question.trim().length >= 8
  const whole = key.trim() !== '' && !isTaken && isJudged
  const submit = () => {
    if (!whole) return
    const judge = by === 'rule' ? { by, rule } : { by, question: question.trim() }
    onTake({ key: key.trim(), weight: part?.weight ?? 10, judge })
  }
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => !open && onDone()}
      title={part ? t('changeOwn', { part: part.key }) : t('ownTitle')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!whole}>
            {t('take')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('ownName')}
        value={key}
        maxLength={80}
        autoFocus
        dir="auto"
        error={isTaken ? t('ownNameTaken') : undefined}
        onChange={(event) => setKey(event.target.value)}
      />
      <RadioCards
        label={t('judge')}
        value={by}
        onChange={setBy}
        options={[
          { value: 'rule', title: t('judgeRule'), text: t('judgeRuleText') },
          { value: 'question', title: t('judgeQuestion'), text: t('judgeQuestionText') },
        ]}
      />
      {by === 'rule' ? (
        <div className="field">
          <span className="label">{t('rule')}</span>
          <RuleEditor rule={rule} onChange={setRule} withoutScore />
        </div>
      ) : (
        <TextArea
          label={t('question')}
          hint={t('questionHint')}
          value={question}
          maxLength={400}
          dir="auto"
          onChange={(event) => setQuestion(event.target.value)}
        />
      )}
    </Dialog>
  )
}
