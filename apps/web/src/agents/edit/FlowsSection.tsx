/** Flows: named playbooks, and when each is used: by words the contact says, or as the model decides. */
import type { AgentConfig, Flow } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, Segmented } from '../../ui/Choice.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { ItemCard } from './ItemCard.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'
import { WordsField } from './WordsField.tsx'

const MOST = 50

export function FlowsSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const [open, setOpen] = useState<string | null>(null)
  const { flows } = config
  const put = (next: Flow) => change({ flows: flows.map((flow) => (flow.id === next.id ? next : flow)) })
  const add = () => {
    const id = crypto.randomUUID()
    const when = { by: 'rule' as const, words: [], channels: [] }
    change({ flows: [...flows, { id, name: '', on: true, when, instructions: '', functionIds: null }] })
    setOpen(id)
  }
  return (
    <NamedSection name="flows">
      {flows.length > 0 && (
        <div className="lbox">
          {flows.map((flow) => (
            <ItemCard
              key={flow.id}
              title={flow.name}
              summary={<When flow={flow} />}
              on={flow.on}
              onSwitch={(on) => put({ ...flow, on })}
              onRemove={() => change({ flows: flows.filter(({ id }) => id !== flow.id) })}
              open={open === flow.id}
              onOpen={(isOpen) => setOpen(isOpen ? flow.id : null)}
            >
              <FlowFields flow={flow} config={config} onChange={put} />
            </ItemCard>
          ))}
        </div>
      )}
      <Button variant="quiet" icon={Plus} disabled={flows.length >= MOST} onClick={add}>
        {t('flow.add')}
      </Button>
    </NamedSection>
  )
}

function When({ flow: { when } }: { flow: Flow }) {
  const { t } = useTranslation('agents')
  if (when.by === 'model') return t('flow.summaryModel', { text: when.description || t('flow.noDescription') })
  return when.words.length > 0 ? t('flow.summaryWords', { words: when.words.join(', ') }) : t('flow.summaryAlways')
}

type FieldsProps = { flow: Flow; config: AgentConfig; onChange: (next: Flow) => void }

function FlowFields({ flow, config, onChange }: FieldsProps) {
  const { t } = useTranslation('agents')
  const { when } = flow
  const double = config.flows.some(({ id, name }) => id !== flow.id && name.toLowerCase() === flow.name.toLowerCase())
  return (
    <>
      <TextField
        label={t('flow.name')}
        maxLength={100}
        value={flow.name}
        error={flow.name.trim() === '' ? t('flow.needName') : double ? t('flow.nameTaken') : undefined}
        onChange={(event) => onChange({ ...flow, name: event.target.value })}
      />
      <Segmented
        label={t('flow.when')}
        value={when.by}
        onChange={(by) =>
          onChange({ ...flow, when: by === 'rule' ? { by, words: [], channels: [] } : { by, description: '' } })
        }
        options={[
          { value: 'rule', label: t('flow.byRule') },
          { value: 'model', label: t('flow.byModel') },
        ]}
      />
      {when.by === 'rule' ? (
        <WordsField
          label={t('flow.words')}
          hint={t('flow.wordsHint')}
          placeholder={t('flow.wordsExample')}
          value={when.words}
          onChange={(words) => onChange({ ...flow, when: { ...when, words } })}
        />
      ) : (
        <TextArea
          label={t('flow.description')}
          hint={config.model.provider === 'embedded' ? t('flow.needsModel') : t('flow.descriptionHint')}
          rows={2}
          maxLength={1000}
          dir="auto"
          value={when.description}
          onChange={(event) => onChange({ ...flow, when: { ...when, description: event.target.value } })}
        />
      )}
      <TextArea
        label={t('flow.instructions')}
        hint={t('flow.instructionsHint')}
        rows={5}
        maxLength={20_000}
        dir="auto"
        value={flow.instructions}
        onChange={(event) => onChange({ ...flow, instructions: event.target.value })}
      />
      {config.functions.length > 0 && <FlowFunctions flow={flow} config={config} onChange={onChange} />}
    </>
  )
}

function FlowFunctions({ flow, config, onChange }: FieldsProps) {
  const { t } = useTranslation('agents')
  const chosen = flow.functionIds
  const toggle = (id: string, on: boolean) =>
    onChange({ ...flow, functionIds: on ? [...(chosen ?? []), id] : (chosen ?? []).filter((one) => one !== id) })
  return (
    <fieldset className="field">
      <legend className="lab">{t('flow.functions')}</legend>
      <Checkbox
        checked={chosen === null}
        onChange={(all) => onChange({ ...flow, functionIds: all ? null : config.functions.map(({ id }) => id) })}
      >
        {t('flow.allFunctions')}
      </Checkbox>
      {chosen !== null &&
        config.functions.map(({ id, name }) => (
          <Checkbox key={id} checked={chosen.includes(id)} onChange={(on) => toggle(id, on)}>
            <span className="mono">{name}</span>
          </Checkbox>
        ))}
    </fieldset>
  )
}
