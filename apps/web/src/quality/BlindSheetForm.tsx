/** The sheet of a second review: points for every part, how far it was resolved, a note. */
import { call } from '@earshot/client'
import { type BlindSheet, scoreBlind } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { codeWords } from '../conversations/code-words.ts'
import { Button } from '../ui/Button.tsx'
import { Field, TextArea, TextField } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { qualityKeys } from './queries.ts'
import { RESOLUTIONS, useValueWords } from './value-words.ts'

type Level = (typeof RESOLUTIONS)[number]

export function BlindSheetForm({ sheet }: { sheet: BlindSheet }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  const [given, setGiven] = useState<Record<string, string>>({})
  const [resolution, setResolution] = useState<Level>('unknown')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const hand = useHandIn(sheet)
  const points = pointsOf(sheet, given)
  const submit = () => {
    setTried(true)
    if (points && !hand.isPending) hand.mutate({ points, resolution, note: note.trim() })
  }
  return (
    <form
      className="col gap"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2 className="head">{t('blind.head')}</h2>
      <p className="t2">{t('blind.text')}</p>
      {sheet.parts.map(({ key, max }) => (
        <TextField
          key={key}
          label={t('blind.points', { part: codeWords('quality.part', key), max })}
          type="number"
          inputMode="numeric"
          min={0}
          max={max}
          value={given[key] ?? ''}
          onChange={(event) => setGiven({ ...given, [key]: event.target.value })}
          error={tried && readPoints(given[key], max) === null ? t('dialog.pointsWrong', { max }) : undefined}
        />
      ))}
      <Field label={t('blind.resolution')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('blind.resolution')}
            value={resolution}
            onChange={setResolution}
            options={RESOLUTIONS.map((value) => ({ value, label: words.value('resolution', value) }))}
          />
        )}
      </Field>
      <TextArea
        label={t('blind.note')}
        hint={t('blind.noteHint')}
        rows={3}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={hand.error ? problemText(hand.error) : tried && !points ? t('blind.missing') : undefined}
      />
      <Button type="submit" variant="primary" busy={hand.isPending}>
        {t('blind.submit')}
      </Button>
    </form>
  )
}

function useHandIn(sheet: BlindSheet) {
  const cache = useQueryClient()
  const { conversationId: id, reviewId } = sheet
  return useMutation({
    mutationFn: (filled: { points: Record<string, number>; resolution: Level; note: string }) =>
      call(scoreBlind, { params: { id }, body: { reviewId, ...filled } }),
    onSuccess: (compared) => {
      cache.setQueryData(qualityKeys.blind(id), { sheet, compared })
      void cache.invalidateQueries({ queryKey: qualityKeys.all })
    },
  })
}

function readPoints(given: string | undefined, max: number): number | null {
  const points = Number(given)
  return given === undefined || given.trim() === '' || !Number.isInteger(points) || points < 0 || points > max
    ? null
    : points
}

/** Null while a part has none, or more than it can give. */
function pointsOf({ parts }: BlindSheet, given: Record<string, string>): Record<string, number> | null {
  const read = parts.map(({ key, max }) => [key, readPoints(given[key], max)] as const)
  const whole = read.flatMap(([key, points]) => (points === null ? [] : [[key, points] as const]))
  return whole.length === read.length ? Object.fromEntries(whole) : null
}
