/** What the agent wrote down, key by key, exactly as it wrote it; or the same as JSON. */
import type { Conversation, JsonValue } from '@earshot/contracts'
import Braces from 'lucide-react/icons/braces'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { writeValue } from '../contact/memory-value.ts'
import { Section } from '../contact/Section.tsx'
import { Json } from '../conversations/thread/Json.tsx'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/Copy.tsx'

export function Memory({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('clientData')
  const [asJson, setAsJson] = useState(false)
  const { memory, agent } = conversation
  const entries = Object.entries(memory)
  const isEmpty = entries.length === 0
  return (
    <Section
      title={t('memory')}
      end={
        !isEmpty && (
          <span className="row g2">
            <Button size="sm" variant="quiet" icon={Braces} aria-pressed={asJson} onClick={() => setAsJson(!asJson)}>
              {t('json')}
            </Button>
            <CopyButton text={JSON.stringify(memory, null, 2)}>{t('copyAll')}</CopyButton>
          </span>
        )
      }
    >
      {isEmpty ? (
        <p className="none">{t('noMemory')}</p>
      ) : (
        <p className="small t2 memsaid">{agent ? t('memoryBy', { name: agent.name }) : t('memoryAsIs')}</p>
      )}
      {asJson ? (
        !isEmpty && <Json value={memory} />
      ) : (
        <div className="memgrid">
          {entries.map(([key, value]) => (
            <Card name={key} value={value} key={key} />
          ))}
        </div>
      )}
    </Section>
  )
}

function Card({ name, value }: { name: string; value: JsonValue }) {
  const { t } = useTranslation('clientData')
  const isNothing = value === null || value === ''
  return (
    <div className="memc">
      <div className="k" dir="auto">
        {name}
      </div>
      <div className="v asis" dir="auto">
        {isNothing ? (
          <span className="none">{t('empty')}</span>
        ) : typeof value === 'object' ? (
          <Json value={value} />
        ) : (
          writeValue(value)
        )}
      </div>
    </div>
  )
}
