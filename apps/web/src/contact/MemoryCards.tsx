/** What the agent remembers, exactly as written, and what it still tries to learn; what an operator changes here wins over the agent. */
import { call } from '@earshot/client'
import { type Conversation, changeMemory, type JsonValue } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { tellProblem } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { Json } from '../conversations/thread/Json.tsx'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { toast } from '../ui/Toasts.tsx'
import { readValue, writeValue } from './memory-value.ts'
import { Section } from './Section.tsx'

const MissingFields = lazy(() =>
  loadLate(() => import('../agents/memory/MissingFields.tsx').then(({ MissingFields: of }) => ({ default: of }))),
)

export function MemoryCards({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const [editing, setEditing] = useState<string | null>(null)
  const change = useChangeMemory(conversation.id)
  const memory = Object.entries(conversation.memory)
  const remove = (key: string, value: JsonValue) =>
    change.mutate(
      { [key]: null },
      { onSuccess: () => void toast.undoable(t('memory.removed', { key }), () => change.mutate({ [key]: value })) },
    )
  return (
    <Section title={t('memory.title')} end={memory.length > 0 && <span className="num">{memory.length}</span>}>
      {memory.length === 0 && <span className="none">{t('memory.none')}</span>}
      <div className="col gap">
        {memory.map(([key, value]) =>
          editing === key ? (
            <MemoryForm
              key={key}
              name={key}
              value={value}
              busy={change.isPending}
              onCancel={() => setEditing(null)}
              onSave={(next) => change.mutate({ [key]: next }, { onSuccess: () => setEditing(null) })}
            />
          ) : (
            <MemoryCard
              key={key}
              name={key}
              value={value}
              onEdit={may ? () => setEditing(key) : undefined}
              onRemove={() => remove(key, value)}
            />
          ),
        )}
        {editing !== null && !Object.hasOwn(conversation.memory, editing) && (
          <MemoryForm
            name={editing}
            value=""
            busy={change.isPending}
            onCancel={() => setEditing(null)}
            onSave={(next) => change.mutate({ [editing]: next }, { onSuccess: () => setEditing(null) })}
          />
        )}
        {may && conversation.agent && (
          <Suspense fallback={null}>
            <MissingFields agentId={conversation.agent.id} known={conversation.memory} onFill={setEditing} />
          </Suspense>
        )}
      </div>
    </Section>
  )
}

function useChangeMemory(id: string) {
  const put = usePutConversation()
  return useMutation({
    mutationFn: (memory: Record<string, JsonValue>) => call(changeMemory, { params: { id }, body: { memory } }),
    onSuccess: put,
    onError: tellProblem,
  })
}

type CardProps = { name: string; value: JsonValue; onEdit?: () => void; onRemove: () => void }

function MemoryCard({ name, value, onEdit, onRemove }: CardProps) {
  const { t } = useTranslation('conversations')
  return (
    <div className="memc">
      <div className="row g1">
        <span className="k grow">{name}</span>
        {onEdit && (
          <>
            <IconButton size="sm" label={t('memory.edit', { key: name })} icon={Pencil} onClick={onEdit} />
            <IconButton size="sm" label={t('memory.remove', { key: name })} icon={Trash2} onClick={onRemove} />
          </>
        )}
      </div>
      <div className="v asis" dir="auto">
        {typeof value === 'object' && value !== null ? <Json value={value} /> : writeValue(value)}
      </div>
    </div>
  )
}

type FormProps = {
  name: string
  value: JsonValue
  busy: boolean
  onCancel: () => void
  onSave: (value: JsonValue) => void
}

function MemoryForm({ name, value, busy, onCancel, onSave }: FormProps) {
  const { t } = useTranslation(['conversations', 'common'])
  const [typed, setTyped] = useState(() => writeValue(value))
  const read = readValue(typed, value)
  return (
    <form
      className="memc"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.ok) onSave(read.value)
      }}
    >
      <label className="field">
        <span className="k">{name}</span>
        <textarea
          className="textarea"
          value={typed}
          maxLength={16_000}
          dir="auto"
          ref={focusNow}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {!read.ok && (
        <p className="small bad" role="alert">
          {t('memory.notJson')}
        </p>
      )}
      <div className="row g2 formend">
        <Button size="sm" variant="quiet" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button size="sm" variant="primary" type="submit" busy={busy} disabled={!read.ok}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  )
}

/** The person asked to edit this very value. */
const focusNow = (field: HTMLTextAreaElement | null) => field?.focus()
