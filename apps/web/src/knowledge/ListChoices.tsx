/** What the list of articles shows: its language, and its folder where the folders have no column of their own. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/Select.tsx'
import { foldersQuery, type Shelf } from './use-folders.ts'

const LANGUAGES = [
  'en',
  'de',
  'es',
  'fr',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'no',
  'fi',
  'pl',
  'tr',
  'ru',
  'uk',
  'ar',
  'ja',
  'zh',
]

export function LanguageChoice({ value, onChange }: { value: string; onChange: (language: string) => void }) {
  const { t, i18n } = useTranslation('knowledge')
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' })
  return (
    <Select
      label={t('filterLanguage')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'all', label: t('anyLanguage') },
        ...LANGUAGES.map((code) => ({ value: code, label: names.of(code) ?? code })),
      ]}
    />
  )
}

export function ShelfChoice({ shelf, onShelf }: { shelf: Shelf; onShelf: (shelf: Shelf) => void }) {
  const { t } = useTranslation('knowledge')
  const { data: folders = [] } = useQuery(foldersQuery)
  return (
    <div className="row pillbar shelfchoice">
      <Select
        label={t('folders')}
        value={shelf.kind === 'folder' ? shelf.id : shelf.kind}
        onChange={(value) => onShelf(value === 'all' ? { kind: value } : { kind: 'folder', id: value })}
        options={[
          { value: 'all', label: t('allArticles') },
          ...folders.map((folder) => ({ value: folder.id, label: folder.name })),
        ]}
      />
    </div>
  )
}
