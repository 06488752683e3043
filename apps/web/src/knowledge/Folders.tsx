/** The shelves of the knowledge base: all articles, each folder, and the way to what nobody could answer. */
import type { ArticleFolder } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import FolderIcon from 'lucide-react/icons/folder'
import FolderOpen from 'lucide-react/icons/folder-open'
import FolderPlus from 'lucide-react/icons/folder-plus'
import Layers from 'lucide-react/icons/layers'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { Icon, type IconShape } from '../ui/Icon.tsx'
import { Coverage } from './Coverage.tsx'
import { FolderDialog } from './FolderDialog.tsx'
import { foldersQuery, type Shelf } from './use-folders.ts'

type Props = { shelf: Shelf; onChange: (shelf: Shelf) => void }

export function Folders({ shelf, onChange }: Props) {
  const { t } = useTranslation('knowledge')
  const { data: folders = [] } = useQuery(foldersQuery)
  const mayWrite = useMay('supervisor')
  const [naming, setNaming] = useState<ArticleFolder | 'new' | null>(null)
  const open = shelf.kind === 'folder' ? shelf.id : null
  return (
    <nav className="anav kfold" aria-label={t('folders')}>
      <ShelfButton icon={Layers} current={shelf.kind === 'all'} onClick={() => onChange({ kind: 'all' })}>
        {t('allArticles')}
      </ShelfButton>
      {folders.map((folder) => (
        <ShelfButton
          key={folder.id}
          icon={folder.id === open ? FolderOpen : FolderIcon}
          current={folder.id === open}
          count={folder.articles}
          onClick={() => onChange({ kind: 'folder', id: folder.id })}
          onOpen={mayWrite ? () => setNaming(folder) : undefined}
        >
          {folder.name}
        </ShelfButton>
      ))}
      <Link className="railitem" to="/insights">
        <Icon of={CircleQuestionMark} size="s" />
        <span className="tr grow">{t('unanswered')}</span>
      </Link>
      {mayWrite && (
        <button type="button" className="railitem t2" onClick={() => setNaming('new')}>
          <Icon of={FolderPlus} size="s" />
          {t('folder.new')}
        </button>
      )}
      <Coverage folderId={open} />
      {naming && (
        <FolderDialog
          key={naming === 'new' ? 'new' : naming.id}
          folder={naming === 'new' ? null : naming}
          onClose={() => setNaming(null)}
          onGone={() => onChange({ kind: 'all' })}
        />
      )}
    </nav>
  )
}

type ShelfProps = {
  icon: IconShape
  current: boolean
  count?: number
  onClick: () => void
  /** A second press on the folder that is open names it anew. */
  onOpen?: (() => void) | undefined
  children: ReactNode
}

function ShelfButton({ icon, current, count, onClick, onOpen, children }: ShelfProps) {
  return (
    <button
      type="button"
      className="railitem"
      aria-current={current ? 'true' : undefined}
      onClick={current && onOpen ? onOpen : onClick}
    >
      <Icon of={icon} size="s" />
      <span className="tr grow" dir="auto">
        {children}
      </span>
      {count !== undefined && <span className="count num">{count}</span>}
    </button>
  )
}
