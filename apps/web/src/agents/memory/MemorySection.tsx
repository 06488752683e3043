/** What an agent tries to learn: each field with its type and check, filled by detectors and by the model while people talk. */
import type { MemoryField } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ItemCard } from '../edit/ItemCard.tsx'
import { NamedSection } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/section-props.ts'
import { usageQuery } from '../functions/queries.ts'
import { FieldForm } from './FieldForm.tsx'
import './texts.ts'

const MOST = 50

export function MemorySection({ agentId, draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('memoryFields')
  const [open, setOpen] = useState<number | null>(null)
  const fields = config.memoryFields
  const { data: usage } = useQuery(usageQuery(agentId))
  const filled = (key: string) =>
    usage && usage.conversations > 0
      ? t('filled', {
          percent: Math.round((100 * (usage.memory.find((one) => one.key === key)?.filled ?? 0)) / usage.conversations),
        })
      : null
  // A key is what tells fields apart, and is edited: the place in the list is what stays.
  const put = (at: number, next: MemoryField) =>
    change({ memoryFields: fields.map((field, i) => (i === at ? next : field)) })
  const add = () => {
    change({ memoryFields: [...fields, { ...EMPTY, key: freeKey(fields) }] })
    setOpen(fields.length)
  }
  return (
    <NamedSection name="memory">
      {fields.length > 0 && (
        <div className="lbox">
          {fields.map((field, i) => (
            <ItemCard
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={i}
              title={field.name}
              summary={
                <>
                  <span className="mono">{field.key}</span> · {t(`types.${field.type}`)}
                  {field.required && ` · ${t('required')}`}
                  {filled(field.key) && ` · ${filled(field.key)}`}
                </>
              }
              on={field.on}
              onSwitch={(on) => put(i, { ...field, on })}
              onRemove={() => {
                change({ memoryFields: fields.filter((_, other) => other !== i) })
                setOpen(null)
              }}
              open={open === i}
              onOpen={(isOpen) => setOpen(isOpen ? i : null)}
            >
              <FieldForm
                field={field}
                others={fields.filter((_, other) => other !== i)}
                onChange={(next) => put(i, next)}
              />
            </ItemCard>
          ))}
        </div>
      )}
      <Button variant="quiet" icon={Plus} disabled={fields.length >= MOST} onClick={add}>
        {t('add')}
      </Button>
    </NamedSection>
  )
}

const EMPTY: Omit<MemoryField, 'key'> = {
  name: '',
  description: '',
  type: 'text',
  required: false,
  choices: [],
  pattern: '',
  least: null,
  most: null,
  on: true,
}

function freeKey(fields: readonly MemoryField[]): string {
  const taken = new Set(fields.map(({ key }) => key))
  let number = fields.length + 1
  while (taken.has(`field_${number}`)) number++
  return `field_${number}`
}
