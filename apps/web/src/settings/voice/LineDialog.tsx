/** Add or change a line: each field says where its value is found. */
import type { Line } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '../../app/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { draftOf, isWhole, type LineWish, needsSecret, wishOf } from './line-wish.ts'
import { TrunkFields } from './TrunkFields.tsx'
import { TwilioFields } from './TwilioFields.tsx'
import { useLineCommands } from './use-voice.ts'

type Props = { kind: Line['kind']; line?: Line; onDone: () => void; onSaved: (line: Line) => void }

/** No agent: a value that no id can be. */
const QUEUE = 'queue'

export function LineDialog({ kind, line, onDone, onSaved }: Props) {
  const { t } = useTranslation('voice')
  const { data: agents = [] } = useQuery(agentsQuery)
  const { save } = useLineCommands()
  const [wish, setWish] = useState(() => wishOf(line))
  const set = (change: Partial<LineWish>) => setWish((now) => ({ ...now, ...change }))
  const agentId = wish.agentId === undefined ? (agents[0]?.id ?? null) : wish.agentId
  const asksSecret = needsSecret(kind, wish, line)
  const whole = isWhole(kind, wish, asksSecret)
  const submit = () => {
    if (!whole || save.isPending) return
    save.mutate({ id: line?.id, draft: draftOf(kind, wish, agentId) }, { onSuccess: onSaved })
  }
  const Fields = kind === 'twilio' ? TwilioFields : TrunkFields
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={line ? t('changeTitle', { name: line.name }) : t(`addTitle.${kind}`)}
      description={t(`guide.${kind}`)}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t('saveAndTest')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={wish.name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Fields wish={wish} line={line} asksSecret={asksSecret} onChange={set} />
      <Field label={t('agent')} hint={t('agentHint')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('agent')}
            value={agentId ?? QUEUE}
            onChange={(chosen) => set({ agentId: chosen === QUEUE ? null : chosen })}
            options={[
              ...agents.map(({ id: value, name }) => ({ value, label: name })),
              { value: QUEUE, label: t('agentNone') },
            ]}
          />
        )}
      </Field>
      <Checkbox checked={wish.announce} onChange={(announce) => set({ announce })}>
        {t('announce')}
      </Checkbox>
      <Checkbox checked={wish.enabled} onChange={(enabled) => set({ enabled })}>
        {t('enabled')}
      </Checkbox>
    </Dialog>
  )
}
