/** Situations: what may happen, how to act then, and when a person is called. */
import type { Situation } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { ItemCard } from './ItemCard.tsx'
import { NumberField } from './NumberField.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'
import { WordsField } from './WordsField.tsx'

const MOST = 100

export function SituationsSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const [open, setOpen] = useState<string | null>(null)
  const { situations } = config
  const put = (next: Situation) => change({ situations: situations.map((one) => (one.id === next.id ? next : one)) })
  const add = () => {
    const id = crypto.randomUUID()
    change({ situations: [...situations, { id, trigger: '', words: [], act: '', limit: null, on: true }] })
    setOpen(id)
  }
  return (
    <NamedSection name="situations">
      {situations.length > 0 && (
        <div className="lbox">
          {situations.map((situation) => (
            <ItemCard
              key={situation.id}
              title={situation.trigger}
              summary={situation.limit ? t('situation.summaryLimit', { count: situation.limit }) : situation.act}
              on={situation.on}
              onSwitch={(on) => put({ ...situation, on })}
              onRemove={() => change({ situations: situations.filter(({ id }) => id !== situation.id) })}
              open={open === situation.id}
              onOpen={(isOpen) => setOpen(isOpen ? situation.id : null)}
            >
              <SituationFields situation={situation} onChange={put} />
            </ItemCard>
          ))}
        </div>
      )}
      <Button variant="quiet" icon={Plus} disabled={situations.length >= MOST} onClick={add}>
        {t('situation.add')}
      </Button>
    </NamedSection>
  )
}

function SituationFields({ situation, onChange }: { situation: Situation; onChange: (next: Situation) => void }) {
  const { t } = useTranslation('agents')
  return (
    <>
      <TextField
        label={t('situation.trigger')}
        placeholder={t('situation.triggerExample')}
        maxLength={500}
        dir="auto"
        value={situation.trigger}
        error={situation.trigger.trim() === '' ? t('situation.needTrigger') : undefined}
        onChange={(event) => onChange({ ...situation, trigger: event.target.value })}
      />
      <WordsField
        label={t('situation.words')}
        hint={t('situation.wordsHint')}
        value={situation.words}
        onChange={(words) => onChange({ ...situation, words })}
      />
      <TextArea
        label={t('situation.act')}
        hint={t('situation.actHint')}
        rows={3}
        maxLength={4000}
        dir="auto"
        value={situation.act}
        onChange={(event) => onChange({ ...situation, act: event.target.value })}
      />
      <NumberField
        label={t('situation.limit')}
        hint={t('situation.limitHint')}
        optional
        whole
        min={1}
        max={20}
        value={situation.limit}
        onChange={(limit) => onChange({ ...situation, limit })}
      />
    </>
  )
}
