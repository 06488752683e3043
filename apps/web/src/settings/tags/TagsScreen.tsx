/** Settings → Tags: every key with its values and how often they are used; rename, merge, remove. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useStore } from '../../app/store.ts'
import { useSettled } from '../../app/use-settled.ts'
import { IconButton } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { isOver, shownJobs } from '../../work/jobs.ts'
import { SettingsPage } from '../SettingsPage.tsx'
import { ChangeTag } from './ChangeTag.tsx'
import { LookAlikes } from './LookAlikes.tsx'
import { byKey, type TagKey, tagsQuery } from './use-tags.ts'

/** A value of null: the whole key. */
type Asked = { what: 'rename' | 'remove'; tagKey: string; value: string | null; count: number } | null

export function TagsScreen() {
  const { t } = useTranslation('tags')
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<Asked>(null)
  const tags = useQuery(tagsQuery(useSettled(typed.trim())))
  useReadAfterJobs()
  return (
    <SettingsPage documentTitle={t('title')} title={t('title')} lead={t('lead')}>
      <div className="tag-find">
        <TextField label={t('find')} value={typed} dir="auto" onChange={(event) => setTyped(event.target.value)} />
      </div>
      <Loaded query={tags} rows={5}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="book" title={t(typed ? 'nothing' : 'none')} text={t(typed ? 'nothingText' : 'noneText')} />
          ) : (
            <>
              {byKey(items).map((group) => (
                <KeyBox group={group} key={group.key} onAsk={setAsked} />
              ))}
              <LookAlikes tags={items} />
            </>
          )
        }
      </Loaded>
      {asked && <ChangeTag {...asked} onDone={() => setAsked(null)} />}
    </SettingsPage>
  )
}

/** Counts are read again when a job of this tab ends. */
function useReadAfterJobs(): void {
  const cache = useQueryClient()
  const over = useStore(shownJobs).filter(isOver).length
  useEffect(() => {
    if (over > 0) void cache.invalidateQueries({ queryKey: ['tags'] })
  }, [over, cache])
}

function KeyBox({ group, onAsk }: { group: TagKey; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('tags')
  const { key, values, count } = group
  const plain = values.length === 1 && values[0]?.value === ''
  return (
    <section className="stage-box">
      <ul className="lbox">
        <li className="lrow">
          <span className="strong grow tr" dir="auto">
            {plain ? key : `${key}:`}
          </span>
          <span className="small t3 num">{plain ? t('count', { count }) : t('values', { count: values.length })}</span>
          <TagMenu tag={key} onAsk={(what) => onAsk({ what, tagKey: key, value: null, count })} />
        </li>
        {!plain &&
          values.map(({ value, count: used }) => (
            <li className="lrow tag-value" key={value}>
              <span className="grow tr" dir="auto">
                {value || <span className="t3">{t('noValue')}</span>}
              </span>
              <span className="small t3 num">{t('count', { count: used })}</span>
              <TagMenu
                tag={value === '' ? key : `${key}:${value}`}
                onAsk={(what) => onAsk({ what, tagKey: key, value, count: used })}
              />
            </li>
          ))}
      </ul>
    </section>
  )
}

function TagMenu({ tag, onAsk }: { tag: string; onAsk: (what: 'rename' | 'remove') => void }) {
  const { t } = useTranslation('tags')
  if (!useMay('supervisor')) return null
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('more', { tag })} icon={Ellipsis} />}>
      <MenuItem icon={Pencil} onSelect={() => onAsk('rename')}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={Trash2} bad onSelect={() => onAsk('remove')}>
        {t('remove')}
      </MenuItem>
    </Menu>
  )
}
