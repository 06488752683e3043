/** The list of articles: search, drafts apart, more on demand. */
import type { Article } from '@earshot/contracts'
import { Link, useNavigate } from '@tanstack/react-router'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import Upload from 'lucide-react/icons/upload'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { useSettled } from '../app/use-settled.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { Banner, EmptyState, SkeletonRows } from '../ui/States.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { LanguageChoice, ShelfChoice } from './ListChoices.tsx'
import { type Shown, useArticles, type Wanted } from './use-articles.ts'
import type { Shelf } from './use-folders.ts'

type Props = { openId: string | undefined; shelf: Shelf; onShelf: (shelf: Shelf) => void }

export function ArticleList({ openId, shelf, onShelf }: Props) {
  const { t } = useTranslation(['knowledge', 'shell'])
  const [importing, setImporting] = useState(false)
  const [language, setLanguage] = useState('all')
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState<Shown>('all')
  const field = useRef<HTMLInputElement>(null)
  const mayWrite = useMay('supervisor')
  useShortcuts([{ keys: '/', group: 'move', label: t('knowledge:searchHere'), run: () => field.current?.focus() }])
  return (
    <section className="klist col" aria-label={t('knowledge:articles')}>
      <div className="lhead">
        <div className="row">
          <h1 className="title grow">{t('knowledge:title')}</h1>
          {mayWrite && (
            <Button icon={Upload} onClick={() => setImporting(true)}>
              {t('knowledge:import.verb')}
            </Button>
          )}
          {mayWrite && (
            <Link className={buttonClass({ variant: 'primary' })} to="/knowledge/$id" params={{ id: 'new' }}>
              <Icon of={Plus} />
              {t('knowledge:new')}
            </Link>
          )}
        </div>
        <label className="searchbox">
          <Icon of={Search} size="s" />
          <input
            ref={field}
            type="search"
            placeholder={t('knowledge:searchPlaceholder')}
            aria-label={t('knowledge:searchHere')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Kbd keys="/" />
        </label>
      </div>
      <ShelfChoice shelf={shelf} onShelf={onShelf} />
      <div className="row pillbar">
        <div className="pills grow">
          {(['all', 'published', 'draft'] as const).map((which) => (
            <button
              type="button"
              key={which}
              aria-current={shown === which ? 'true' : undefined}
              onClick={() => setShown(which)}
            >
              {t(`knowledge:shown.${which}`)}
            </button>
          ))}
        </div>
        <LanguageChoice value={language} onChange={setLanguage} />
      </div>
      <Articles
        wanted={{
          q: typed,
          shown,
          folderId: shelf.kind === 'folder' ? shelf.id : undefined,
          language: language === 'all' ? undefined : language,
        }}
        openId={openId}
        onClear={() => setTyped('')}
      />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </section>
  )
}

type ArticlesProps = { wanted: Wanted; openId: string | undefined; onClear: () => void }

function Articles({ wanted, openId, onClear }: ArticlesProps) {
  const { q, shown } = wanted
  const { t } = useTranslation(['knowledge', 'common'])
  const articles = useArticles({ ...wanted, q: useSettled(q.trim()) })
  const items = articles.data?.pages.flatMap((page) => page.items) ?? []
  if (articles.isError && items.length === 0) {
    return (
      <Banner
        tone="bad"
        icon={CircleAlert}
        actions={
          <Button size="sm" onClick={() => void articles.refetch()}>
            {t('common:retry')}
          </Button>
        }
      >
        {problemText(articles.error)}
      </Banner>
    )
  }
  if (articles.isPending) return <SkeletonRows />
  if (items.length === 0) return <NoArticles q={q} shown={shown} onClear={onClear} />
  return (
    <div className="scroll grow">
      {items.map((article) => (
        <ArticleRow article={article} key={article.id} open={article.id === openId} />
      ))}
      {articles.hasNextPage && (
        <div className="row more">
          <Button busy={articles.isFetchingNextPage} onClick={() => void articles.fetchNextPage()}>
            {t('knowledge:more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function ArticleRow({ article, open }: { article: Article; open: boolean }) {
  const { t } = useTranslation('knowledge')
  return (
    <Link className="artrow" to="/knowledge/$id" params={{ id: article.id }} aria-current={open ? 'true' : undefined}>
      <span className="row">
        <span className="strong tr grow" dir="auto">
          {article.title}
        </span>
        {article.status === 'draft' && <Badge tone="warn">{t('draft')}</Badge>}
      </span>
      <span className="t2 small cl2" dir="auto">
        {article.body.slice(0, 240).replace(/[#*_`>[\]]/g, '')}
      </span>
      <span className="m">
        <span className="num">{article.language}</span>
        <RelativeTime at={article.updatedAt} />
        {article.updatedBy && <span className="tr">{article.updatedBy}</span>}
      </span>
    </Link>
  )
}

function NoArticles({ q, shown, onClear }: { q: string; shown: Shown; onClear: () => void }) {
  const { t } = useTranslation('knowledge')
  const navigate = useNavigate()
  const mayWrite = useMay('supervisor')
  if (q.trim() !== '') {
    return (
      <EmptyState
        art="search"
        title={t('nothingFound', { q: q.trim() })}
        text={t('nothingFoundText')}
        actions={<Button onClick={onClear}>{t('clearSearch')}</Button>}
      />
    )
  }
  if (shown !== 'all') return <EmptyState art="check" title={t(`noneShown.${shown}`)} />
  const write = () => void navigate({ to: '/knowledge/$id', params: { id: 'new' } })
  return (
    <EmptyState
      art="book"
      title={t('none')}
      text={t('noneText')}
      actions={
        mayWrite && (
          <Button variant="primary" onClick={write}>
            {t('writeFirst')}
          </Button>
        )
      }
    />
  )
}
