/** Topics that are for people: each with words that tell it, and a sentence for a model. */
import type { AgentConfig } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { WordsField } from './WordsField.tsx'

type Topic = AgentConfig['handoff']['topic']['topics'][number]
type Props = { topics: Topic[]; onChange: (topics: Topic[]) => void }

const MOST = 30

export function TopicFields({ topics, onChange }: Props) {
  const { t } = useTranslation('agents')
  const put = (at: number, edits: Partial<Topic>) =>
    onChange(topics.map((topic, i) => (i === at ? { ...topic, ...edits } : topic)))
  return (
    <>
      {topics.map((topic, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: topics have no id; their place is what they are edited by
        <fieldset className="topic" key={at}>
          <legend className="sr">{topic.name || t('topic.unnamed')}</legend>
          <div className="row">
            <div className="grow">
              <TextField
                label={t('topic.name')}
                maxLength={100}
                value={topic.name}
                error={topic.name.trim() === '' ? t('topic.needName') : undefined}
                onChange={(event) => put(at, { name: event.target.value })}
              />
            </div>
            <IconButton
              size="sm"
              icon={X}
              label={t('item.remove', { name: topic.name || t('topic.unnamed') })}
              onClick={() => onChange(topics.filter((_, i) => i !== at))}
            />
          </div>
          <WordsField
            label={t('topic.words')}
            rows={2}
            most={100}
            value={topic.words}
            onChange={(words) => put(at, { words })}
          />
          <TextField
            label={t('topic.description')}
            maxLength={500}
            value={topic.description}
            onChange={(event) => put(at, { description: event.target.value })}
          />
        </fieldset>
      ))}
      <Button
        variant="quiet"
        icon={Plus}
        disabled={topics.length >= MOST}
        onClick={() => onChange([...topics, { name: '', description: '', words: [] }])}
      >
        {t('topic.add')}
      </Button>
    </>
  )
}
