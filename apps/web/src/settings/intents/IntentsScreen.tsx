/** Settings → Intents: what contacts come for, told by examples; tried out, suggested, and saved as a version. */
import './texts.ts'
import '../../styles/insights.css'
import type { IntentSet } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Banner, EmptyState } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { IntentBox } from './IntentBox.tsx'
import { Suggestions } from './Suggestions.tsx'
import { TestIntents } from './TestIntents.tsx'
import { type Draft, draftOf, examplesOf, intentOf, intentsQuery, type Problem, useSaveIntents } from './use-intents.ts'

export function IntentsScreen() {
  const { t } = useTranslation('intents')
  const intents = useQuery(intentsQuery)
  return (
    <SettingsPage documentTitle={t('title')} title={t('title')} lead={t('lead')}>
      <Loaded query={intents} rows={3}>
        {/* Saved by somebody else: what is being written is not taken away; saving says so. */}
        {(set) => <Intents set={set} />}
      </Loaded>
    </SettingsPage>
  )
}

function Intents({ set }: { set: IntentSet }) {
  const { t } = useTranslation('intents')
  const [base, setBase] = useState(set)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => set.intents.map(draftOf))
  const [tried, setTried] = useState(false)
  const save = useSaveIntents()
  const mayWrite = useMay('admin')
  const intents = drafts.map(intentOf)
  const changed = JSON.stringify(intents) !== JSON.stringify(base.intents)
  const complete = drafts.every((draft) => problemOf(draft, drafts) === null)
  const put = (next: IntentSet) => {
    setBase(next)
    setDrafts(next.intents.map(draftOf))
    setTried(false)
  }
  if (!changed && set.version > base.version) put(set)
  const add = (draft: Draft) => setDrafts([...drafts, draft])
  const submit = () => {
    setTried(true)
    if (complete) save.mutate({ version: base.version, intents }, { onSuccess: put })
  }
  return (
    <>
      <TestIntents intents={complete && changed ? intents : undefined} />
      {drafts.length === 0 && <EmptyState art="book" title={t('none')} text={t('noneText')} />}
      {drafts.length === 1 && <Banner tone="info">{t('two')}</Banner>}
      {drafts.map((draft) => (
        <IntentBox
          key={draft.key}
          draft={draft}
          problem={tried ? problemOf(draft, drafts) : null}
          disabled={!mayWrite}
          onChange={(next) => setDrafts(drafts.map((one) => (one.key === draft.key ? next : one)))}
          onRemove={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}
        />
      ))}
      {mayWrite && (
        <div className="row wrap">
          <Button icon={Plus} onClick={() => add({ key: crypto.randomUUID(), name: '', lines: '' })}>
            {t('add')}
          </Button>
          <Saved set={base} />
          {changed && <Button onClick={() => put(set)}>{t('discard')}</Button>}
          <Button variant="primary" disabled={!changed} busy={save.isPending} onClick={submit}>
            {t('save')}
          </Button>
        </div>
      )}
      {mayWrite && <Suggestions taken={intents.map(({ name }) => name)} onAdd={add} />}
    </>
  )
}

function Saved({ set: { version, savedAt, savedBy } }: { set: IntentSet }) {
  const { t, i18n } = useTranslation('intents')
  const when =
    savedAt &&
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(savedAt))
  return (
    <span className="small t3 grow">
      {!when
        ? t('never')
        : savedBy
          ? t('versionBy', { version, when, name: savedBy })
          : t('version', { version, when })}
    </span>
  )
}

function problemOf(draft: Draft, all: readonly Draft[]): Problem {
  const name = draft.name.trim().toLowerCase()
  if (name === '') return 'noName'
  if (all.some((other) => other.key !== draft.key && other.name.trim().toLowerCase() === name)) return 'sameName'
  return examplesOf(draft).length < 3 ? 'tooFew' : null
}
