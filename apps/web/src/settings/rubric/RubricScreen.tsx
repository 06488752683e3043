/** Settings → Rubric: parts and limits as a draft, looked at on past conversations, switched on, restored. */
import '../rules/texts.ts'
import '../../styles/rules.css'
import type { Rubric, RubricState } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Banner } from '../../ui/States.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { Caps } from './Caps.tsx'
import { Parts } from './Parts.tsx'
import { Preview } from './Preview.tsx'
import { rubricQuery, useRubricCommands } from './use-rubric.ts'
import { Versions } from './Versions.tsx'

export function RubricScreen() {
  const { t } = useTranslation('rubric')
  const may = useMay('admin')
  const rubric = useQuery(rubricQuery)
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={may ? t('lead') : `${t('lead')} ${t('readOnly')}`}
    >
      <Loaded query={rubric} rows={6}>
        {(state) => (
          <>
            <Standing state={state} />
            {/* A draft that somebody else changed is a new one to look at. */}
            <Editor state={state} may={may} key={`${state.current.version} ${state.draft?.revision ?? 0}`} />
            <Versions current={state.current.version} />
          </>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function Standing({ state: { current } }: { state: RubricState }) {
  const { t } = useTranslation('rubric')
  return (
    <p className="t2">
      <span className="strong">{t('current', { version: current.version })}</span>,{' '}
      {current.at === null ? (
        t('asDelivered')
      ) : (
        <>
          {t('currentBy', { by: current.by, at: '' })}
          <RelativeTime at={current.at} />
        </>
      )}
      {' · '}
      {t('reviews', { count: current.reviews })}
      {current.note && <span dir="auto"> · {current.note}</span>}
    </p>
  )
}

function Editor({ state: { current, draft }, may }: { state: RubricState; may: boolean }) {
  const { t } = useTranslation('rubric')
  const commands = useRubricCommands()
  const [rubric, setRubric] = useState<Rubric>(draft?.rubric ?? current.rubric)
  const [saved, setSaved] = useState(draft)
  // What was looked at; a change afterwards wants another look.
  const [looked, setLooked] = useState<Rubric | null>(null)
  const [note, setNote] = useState('')
  const { saveDraft, discard, preview, switchOn } = commands
  const counts = rubric.own.length > 0 || Object.values(rubric.weights).some((weight) => weight > 0)
  const changed = JSON.stringify(rubric) !== JSON.stringify(current.rubric)
  const look = async () => {
    const body = { rubric, revision: saved?.revision ?? 0 }
    const isKept = saved !== null && JSON.stringify(saved.rubric) === JSON.stringify(rubric)
    if (!isKept) setSaved(await saveDraft.mutateAsync(body))
    await preview.mutateAsync(rubric)
    setLooked(rubric)
  }
  const goOn = () => {
    if (!saved) return
    switchOn.mutate(
      { revision: saved.revision, note: note.trim() },
      { onSuccess: (state) => void toast.done(t('switchedOn', { version: state.current.version })) },
    )
  }
  const throwAway = () =>
    discard.mutate(undefined, {
      onSuccess: (state) => {
        setRubric(state.current.rubric)
        setSaved(null)
        setLooked(null)
        toast.done(t('discarded', { version: state.current.version }))
      },
    })
  return (
    <>
      {saved && (
        <Banner
          tone="note"
          actions={
            may && (
              <Button size="sm" busy={discard.isPending} onClick={throwAway}>
                {t('discard')}
              </Button>
            )
          }
        >
          {t('draftBanner', { by: saved.by ?? '', at: '' })} <RelativeTime at={saved.at} />
        </Banner>
      )}
      <Parts rubric={rubric} readOnly={!may} onChange={setRubric} />
      <Caps caps={rubric.caps} readOnly={!may} onChange={(caps) => setRubric({ ...rubric, caps })} />
      {may && (
        <section className="rubric-section" aria-label={t('preview')} aria-busy={preview.isPending}>
          {!counts && <p className="warn">{t('nothingCounts')}</p>}
          <div className="row g3 wrap">
            <Button
              busy={preview.isPending || saveDraft.isPending}
              disabled={!counts || !changed}
              onClick={() => void look().catch(() => undefined)}
            >
              {t('preview')}
            </Button>
            {changed && looked !== rubric && <span className="small t3">{t('switchHint')}</span>}
          </div>
          {preview.data && looked === rubric && (
            <>
              <Preview preview={preview.data} />
              <TextField
                label={t('note')}
                value={note}
                maxLength={300}
                dir="auto"
                onChange={(e) => setNote(e.target.value)}
              />
              <div>
                <Button variant="primary" busy={switchOn.isPending} onClick={goOn}>
                  {t('switchOn', { version: current.version + 1 })}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
    </>
  )
}
