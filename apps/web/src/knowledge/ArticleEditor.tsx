/** The editor of an article: title, text, language; save, publish, take back, delete. */
import type { Article } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import History from 'lucide-react/icons/history'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../app/LeaveGuard.tsx'
import { useMay } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { useDraft } from '../app/use-draft.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { Segmented } from '../ui/Choice.tsx'
import { Input } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { Select } from '../ui/Select.tsx'
import { AnsweredWith } from './AnsweredWith.tsx'
import { DeleteArticle } from './DeleteArticle.tsx'
import { foldersQuery } from './use-folders.ts'
import { type ArticleFields, useSaveArticle } from './use-save-article.ts'
import { Versions } from './Versions.tsx'

export function ArticleEditor({ article }: { article: Article | null }) {
  const { t, i18n } = useTranslation('knowledge')
  const { title = '', body = '', language = i18n.language, folderId = null } = article ?? {}
  const draft = useDraft<ArticleFields>({ title, body, language, folderId })
  const { data: folders = [] } = useQuery(foldersQuery)
  const mayWrite = useMay('supervisor')
  const [view, setView] = useState<'write' | 'read'>('write')
  useTitle(article?.title ?? t('newTitle'))
  return (
    <>
      <ArticleBar article={article} draft={draft} mayWrite={mayWrite} />
      <div className="scroll grow">
        <div className="doc editor">
          <div className="row">
            <Segmented
              label={t('view')}
              value={mayWrite ? view : 'read'}
              onChange={setView}
              options={
                mayWrite
                  ? [
                      { value: 'write', label: t('write') },
                      { value: 'read', label: t('read') },
                    ]
                  : [{ value: 'read', label: t('read') }]
              }
            />
            <span className="grow" />
            <Select
              label={t('folder.label')}
              value={draft.value.folderId ?? 'none'}
              disabled={!mayWrite}
              onChange={(value) => draft.change({ folderId: value === 'none' ? null : value })}
              options={[
                { value: 'none', label: t('folder.none') },
                ...folders.map((folder) => ({ value: folder.id, label: folder.name })),
              ]}
            />
            <Input
              className="narrow"
              aria-label={t('language')}
              title={t('language')}
              maxLength={20}
              disabled={!mayWrite}
              value={draft.value.language}
              onChange={(event) => draft.change({ language: event.target.value })}
            />
          </div>
          {mayWrite && view === 'write' ? (
            <WriteArticle value={draft.value} change={draft.change} />
          ) : (
            <article className="written" dir="auto">
              <h2>{draft.value.title}</h2>
              <Markdown text={draft.value.body} />
            </article>
          )}
          {article && <AnsweredWith articleId={article.id} />}
        </div>
      </div>
      <LeaveGuard changed={draft.changed && draft.value.title + draft.value.body !== ''} />
    </>
  )
}

function WriteArticle({ value, change }: { value: ArticleFields; change: (edits: Partial<ArticleFields>) => void }) {
  const { t } = useTranslation('knowledge')
  return (
    <>
      <input
        className="head doc-title"
        aria-label={t('articleTitle')}
        placeholder={t('articleTitlePlaceholder')}
        dir="auto"
        maxLength={200}
        value={value.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      <textarea
        className="textarea doc-body"
        aria-label={t('body')}
        placeholder={t('bodyPlaceholder')}
        dir="auto"
        maxLength={100_000}
        value={value.body}
        onChange={(event) => change({ body: event.target.value })}
      />
      <p className="small t3">{t('bodyHint')}</p>
    </>
  )
}

type BarProps = { article: Article | null; draft: ReturnType<typeof useDraft<ArticleFields>>; mayWrite: boolean }

function ArticleBar({ article, draft, mayWrite }: BarProps) {
  const { t } = useTranslation(['knowledge', 'common'])
  const [deleting, setDeleting] = useState(false)
  const [looking, setLooking] = useState(false)
  const save = useSaveArticle(article, draft)
  const empty =
    draft.value.title.trim() === '' || draft.value.body.trim() === '' || draft.value.language.trim().length < 2
  const published = article?.status === 'published'
  return (
    <div className="bar">
      <Link to="/knowledge" className="ib only-s" aria-label={t('knowledge:toList')}>
        <Icon of={ArrowLeft} className="flip" />
      </Link>
      <h1 className="grow tr strong" dir="auto">
        {article?.title ?? t('knowledge:newTitle')}
      </h1>
      {draft.changed && article && (
        <Badge tone="warn" className="hide-s">
          {t('common:unsaved')}
        </Badge>
      )}
      {article && !draft.changed && (
        <Badge tone={published ? 'ok' : 'warn'} className="hide-s">
          {published ? t('knowledge:published') : t('knowledge:draft')}
        </Badge>
      )}
      {mayWrite && article && !draft.changed && (
        <IconButton icon={History} label={t('knowledge:versions.verb')} onClick={() => setLooking(true)} />
      )}
      {looking && article && (
        <Versions
          article={article}
          onClose={() => setLooking(false)}
          onRestored={() => {
            draft.reset()
            setLooking(false)
          }}
        />
      )}
      {mayWrite && article && (
        <IconButton icon={Trash2} label={t('knowledge:delete.verb')} onClick={() => setDeleting(true)} />
      )}
      {mayWrite && published && !draft.changed && (
        <Button busy={save.busy} onClick={() => save.run('draft')}>
          {t('knowledge:unpublish')}
        </Button>
      )}
      {mayWrite && !published && (
        <Button
          busy={save.busy}
          disabled={empty || (article !== null && !draft.changed)}
          onClick={() => save.run('draft')}
        >
          {t('knowledge:saveDraft')}
        </Button>
      )}
      {mayWrite && (
        <Button
          variant="primary"
          busy={save.busy}
          disabled={empty || (published && !draft.changed)}
          onClick={() => save.run('published')}
        >
          {published ? t('knowledge:saveLive') : t('knowledge:publish')}
        </Button>
      )}
      {article && <DeleteArticle article={article} open={deleting} onOpenChange={setDeleting} />}
    </div>
  )
}
