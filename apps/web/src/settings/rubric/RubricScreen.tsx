/** Settings → Rubric: parts and limits as a draft, looked at on past conversations, switched on, restored. */
import '../rules/texts.ts'
import '../../styles/rules.css'
import type { RubricState } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Banner } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { Caps } from './Caps.tsx'
import { Parts } from './Parts.tsx'
import { Preview } from './Preview.tsx'
import { useDraft } from './use-draft.ts'
import { rubricQuery } from './use-rubric.ts'
import { Versions } from './Versions.tsx'

export function RubricScreen() {
  const { t } = useTranslation('rubric')
  const may = useMay('admin')
  const rubric = useQuery(rubricQuery)
  // Raised when an earlier version was taken as the draft: the editor begins anew.
  const [taken, setTaken] = useState(0)
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
            <Editor state={state} may={may} key={`${state.current.version} ${taken}`} />
            <Versions current={state.current.version} onTaken={() => setTaken(taken + 1)} />
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
          {current.by ? t('currentBy', { by: current.by }) : t('currentByNobody')} <RelativeTime at={current.at} />
        </>
      )}
      {' · '}
      {t('reviews', { count: current.reviews })}
      {current.note && <span dir="auto"> · {current.note}</span>}
    </p>
  )
}

type Draft = ReturnType<typeof useDraft>

function Editor({ state, may }: { state: RubricState; may: boolean }) {
  const draft = useDraft(state)
  const { rubric, setRubric } = draft
  return (
    <>
      <DraftBanner draft={draft} may={may} />
      <Parts rubric={rubric} readOnly={!may} onChange={setRubric} />
      <Caps caps={rubric.caps} readOnly={!may} onChange={(caps) => setRubric({ ...rubric, caps })} />
      {may && <Look draft={draft} version={state.current.version + 1} />}
    </>
  )
}

function DraftBanner({ draft, may }: { draft: Draft; may: boolean }) {
  const { t } = useTranslation('rubric')
  const { saved, overtakenBy, takeTheirs, throwAway, isThrowing } = draft
  if (overtakenBy)
    return (
      <Banner
        tone="warn"
        actions={
          <Button size="sm" onClick={takeTheirs}>
            {t('takeTheirs')}
          </Button>
        }
      >
        {t('overtaken', { by: overtakenBy.by ?? '' })}
      </Banner>
    )
  if (!saved) return null
  return (
    <Banner
      tone="note"
      actions={
        may && (
          <Button size="sm" busy={isThrowing} onClick={throwAway}>
            {t('discard')}
          </Button>
        )
      }
    >
      {t('draftBanner', { by: saved.by ?? '' })} <RelativeTime at={saved.at} />
    </Banner>
  )
}

function Look({ draft, version }: { draft: Draft; version: number }) {
  const { t } = useTranslation('rubric')
  const [note, setNote] = useState('')
  const { rubric, isChanged, isLooked, isLooking, look, preview, goOn, isGoingOn } = draft
  const counts = rubric.own.length > 0 || Object.values(rubric.weights).some((weight) => weight > 0)
  return (
    <section className="rubric-section" aria-label={t('preview')} aria-busy={isLooking}>
      {!counts && <p className="warn">{t('nothingCounts')}</p>}
      <div className="row g3 wrap">
        <Button busy={isLooking} disabled={!counts || !isChanged} onClick={look}>
          {t('preview')}
        </Button>
        {isChanged && !isLooked && <span className="small t3">{t('switchHint')}</span>}
      </div>
      {preview && (
        <>
          <Preview preview={preview} />
          <TextField
            label={t('note')}
            value={note}
            maxLength={300}
            dir="auto"
            onChange={(event) => setNote(event.target.value)}
          />
          <div>
            <Button variant="primary" busy={isGoingOn} onClick={() => goOn(note.trim())}>
              {t('switchOn', { version })}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
