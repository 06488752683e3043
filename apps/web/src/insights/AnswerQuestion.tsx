/** The answer to a question, drafted from what operators said: checked, put into a folder, and added to the knowledge base. */
import type { SuggestedAnswer, UnansweredQuestion } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useMay } from '../app/session.ts'
import { foldersQuery } from '../knowledge/use-folders.ts'
import { Button } from '../ui/Button.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { toast } from '../ui/Toasts.tsx'
import { answerQuery, useQuestion } from './use-insights.ts'

type Props = { question: UnansweredQuestion; onCancel: () => void; onPublished: () => void }
const NO_FOLDER = 'none'

export function AnswerQuestion(props: Props) {
  const suggested = useQuery(answerQuery(props.question.id))
  return (
    <div className="uq-answer">
      <div className="row g5">
        <div className="strong grow" dir="auto">
          {props.question.question}
        </div>
      </div>
      <Loaded query={suggested} rows={2}>
        {(answer) => <Answer {...props} answer={answer} />}
      </Loaded>
    </div>
  )
}

function Answer({ question, answer, onCancel, onPublished }: Props & { answer: SuggestedAnswer }) {
  const { t } = useTranslation('insights')
  const navigate = useNavigate()
  const [title, setTitle] = useState(answer.title)
  const [body, setBody] = useState(answer.body)
  const [folder, setFolder] = useState(NO_FOLDER)
  const { write } = useQuestion(question.id)
  const mayReplay = useMay('admin')
  const save = (status: 'draft' | 'published') =>
    write.mutate(
      { title: title.trim(), body: body.trim(), folderId: folder === NO_FOLDER ? null : folder, status },
      {
        onSuccess: ({ article }) => {
          if (status === 'draft') return void navigate({ to: '/knowledge/$id', params: { id: article.id } })
          toast.done(t('answer.published'))
          if (mayReplay && question.agents.length > 0) onPublished()
          else onCancel()
        },
      },
    )
  const by = answer.sources[0]?.by
  const drawn = by ? t('answer.field', { name: by }) : t('answer.fieldOperator')
  const complete = title.trim() !== '' && body.trim() !== ''
  return (
    <form
      className="col uq-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (complete) save('published')
      }}
    >
      <TextField
        label={t('answer.title')}
        value={title}
        maxLength={200}
        dir="auto"
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextArea
        label={answer.sources.length > 0 ? drawn : t('answer.fieldEmpty')}
        value={body}
        rows={4}
        maxLength={100_000}
        dir="auto"
        autoFocus
        onChange={(event) => setBody(event.target.value)}
      />
      <Sources answer={answer} onUse={setBody} />
      <div className="row wrap">
        <FolderChoice value={folder} onChange={setFolder} />
        <span className="small t3 grow">{t('answer.saves')}</span>
        <Button variant="quiet" onClick={onCancel}>
          {t('answer.cancel')}
        </Button>
        <Button disabled={title.trim() === ''} busy={write.isPending} onClick={() => save('draft')}>
          {t('answer.draft')}
        </Button>
        <Button variant="primary" type="submit" disabled={!complete} busy={write.isPending}>
          {t('answer.publish')}
        </Button>
      </div>
    </form>
  )
}

function FolderChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('insights')
  const { data: folders = [] } = useQuery(foldersQuery)
  if (folders.length === 0) return null
  return (
    <Select
      label={t('answer.folder')}
      value={value}
      onChange={onChange}
      options={[
        { value: NO_FOLDER, label: t('answer.noFolder') },
        ...folders.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}

function Sources({ answer: { sources }, onUse }: { answer: SuggestedAnswer; onUse: (text: string) => void }) {
  const { t } = useTranslation('insights')
  if (sources.length === 0) return null
  return (
    <section aria-label={t('answer.sources')} className="uq-sources">
      <h3 className="small t3">{t('answer.sources')}</h3>
      {sources.map((source) => (
        <div className="row quote" key={`${source.conversationId} ${source.position}`}>
          <Link
            className="num link"
            to="/conversations/$id"
            params={{ id: source.conversationId }}
            search={{ at: source.position }}
          >
            #{source.position}
            <span className="sr">
              {source.by} {t('answer.saysIn')}
            </span>
          </Link>
          <span className="grow cl2" dir="auto">
            {source.text}
          </span>
          <Button size="sm" onClick={() => onUse(source.text)}>
            {t('answer.use')}
          </Button>
        </div>
      ))}
    </section>
  )
}
