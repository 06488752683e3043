/** When it asks for a person: each trigger with its switch and its bound. */
import type { AgentConfig } from '@earshot/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Choice.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { NumberField } from './NumberField.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'
import { TopicFields } from './TopicFields.tsx'
import { ValueFields } from './ValueFields.tsx'
import { WordsField } from './WordsField.tsx'

type Handoff = AgentConfig['handoff']
export type TriggerKey = Exclude<keyof Handoff, 'skills' | 'announcement'>
const ORDER = [
  'contactAsks',
  'nothingFound',
  'repeatedFailure',
  'negativeTone',
  'keyword',
  'topic',
  'waitingTooLong',
  'turnLimit',
  'value',
] as const satisfies TriggerKey[]

export function HandoffSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const { handoff } = config
  const put = <K extends keyof Handoff>(key: K, value: Handoff[K]) => change({ handoff: { ...handoff, [key]: value } })
  return (
    <NamedSection name="handoff">
      <div className="lbox">
        {ORDER.map((key) => (
          <div className="item" key={key}>
            <div className="lrow">
              <span className="grow">
                <span className="strong block">{t(`trigger.${key}.name`)}</span>
                <span className="small t3 block">{t(`trigger.${key}.text`)}</span>
              </span>
              <Switch
                label={t(`trigger.${key}.name`)}
                checked={handoff[key].on}
                onChange={(on) => put(key, { ...handoff[key], on })}
              />
            </div>
            {handoff[key].on && <Bound name={key} config={config} put={put} />}
          </div>
        ))}
      </div>
      <div className="below">
        <TextArea
          label={t('announcement')}
          hint={t('announcementHint')}
          rows={2}
          maxLength={500}
          dir="auto"
          value={handoff.announcement}
          onChange={(event) => put('announcement', event.target.value)}
        />
      </div>
    </NamedSection>
  )
}

type BoundProps = {
  name: TriggerKey
  config: AgentConfig
  put: <K extends keyof Handoff>(key: K, value: Handoff[K]) => void
}

/** What a trigger needs to know beside being switched on. */
function Bound({ name, config, put }: BoundProps): ReactNode {
  const { t } = useTranslation('agents')
  const { handoff } = config
  const body = (children: ReactNode) => <div className="item-body">{children}</div>
  const number = (label: string, value: number, [min, max]: [number, number], set: (value: number) => void) =>
    body(
      <NumberField
        label={label}
        whole
        min={min}
        max={max}
        value={value}
        onChange={(next) => next !== null && set(next)}
      />,
    )
  switch (name) {
    case 'contactAsks':
      return body(
        <WordsField
          label={t('trigger.contactAsks.phrases')}
          placeholder={t('handoffExample')}
          most={100}
          value={handoff.contactAsks.phrases}
          onChange={(phrases) => put(name, { ...handoff.contactAsks, phrases })}
        />,
      )
    case 'repeatedFailure':
      return number(t('trigger.repeatedFailure.times'), handoff[name].times, [2, 10], (times) =>
        put(name, { ...handoff[name], times }),
      )
    case 'negativeTone':
      return number(t('trigger.negativeTone.times'), handoff[name].times, [1, 10], (times) =>
        put(name, { ...handoff[name], times }),
      )
    case 'keyword':
      return body(
        <WordsField
          label={t('trigger.keyword.words')}
          most={100}
          value={handoff.keyword.words}
          onChange={(list) => put(name, { ...handoff.keyword, words: list })}
        />,
      )
    case 'topic':
      return body(
        <TopicFields topics={handoff.topic.topics} onChange={(topics) => put(name, { ...handoff.topic, topics })} />,
      )
    case 'waitingTooLong':
      return number(t('trigger.waitingTooLong.seconds'), handoff[name].seconds, [5, 3600], (seconds) =>
        put(name, { ...handoff[name], seconds }),
      )
    case 'turnLimit':
      return number(t('trigger.turnLimit.turns'), handoff[name].turns, [1, 200], (turns) =>
        put(name, { ...handoff[name], turns }),
      )
    case 'value':
      return body(
        <ValueFields value={handoff.value} fields={config.memoryFields} onChange={(value) => put(name, value)} />,
      )
    case 'nothingFound':
      return null
  }
}
