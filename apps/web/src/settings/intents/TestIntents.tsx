/** What would this be? A message, judged by the intents as they are written now. */
import type { Intent } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useTestIntents } from './use-intents.ts'

/** Without `intents` those that are saved judge. */
export function TestIntents({ intents }: { intents: Intent[] | undefined }) {
  const { t } = useTranslation('intents')
  const [text, setText] = useState('')
  const test = useTestIntents()
  if (!useMay('admin')) return null
  return (
    <form
      className="intent intent-test"
      aria-label={t('test.title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') test.mutate({ text: text.trim(), ...(intents && { intents }) })
      }}
    >
      <h2 className="strong">{t('test.title')}</h2>
      <div className="row intent-try">
        <div className="grow">
          <TextField
            label={t('test.field')}
            value={text}
            maxLength={2000}
            dir="auto"
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Button type="submit" busy={test.isPending}>
          {t('test.submit')}
        </Button>
      </div>
      <div aria-live="polite">
        {test.data && (
          <p className="row wrap">
            <Badge tone={test.data.intent ? 'ok' : undefined}>
              {test.data.intent ? t('test.is', { name: test.data.intent }) : t('test.isNone')}
            </Badge>
            {test.data.guesses.length > 0 && (
              <span className="small t3" dir="auto">
                {t('test.near')}: {test.data.guesses.map(({ name }) => name).join(', ')}
              </span>
            )}
          </p>
        )}
      </div>
    </form>
  )
}
