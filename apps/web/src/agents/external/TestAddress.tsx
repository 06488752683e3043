/** Sends one sentence to the address as it stands in the form, and shows what came back, or the real error. */
import { call } from '@earshot/client'
import { testExternalAgent } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Field, Input } from '../../ui/Field.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Banner } from '../../ui/States.tsx'
import { isAddress } from './is-address.ts'

export function TestAddress({ agentId, url }: { agentId: string; url: string }) {
  const { t } = useTranslation('external')
  const [text, setText] = useState('Hello')
  const test = useMutation({
    mutationFn: () => call(testExternalAgent, { params: { id: agentId }, body: { url, text: text.trim() } }),
  })
  const said = test.data
  return (
    <div className="below">
      <Field label={t('test')} hint={t('testText')}>
        {(control) => (
          <div className="row">
            <Input
              {...control}
              maxLength={1000}
              placeholder={t('testSay')}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button
              busy={test.isPending}
              disabled={text.trim() === '' || !isAddress(url)}
              onClick={() => test.mutate()}
            >
              {t('testVerb')}
            </Button>
          </div>
        )}
      </Field>
      <div aria-live="polite">
        {test.error && (
          <Banner tone="bad" icon={CircleAlert}>
            {problemText(test.error)}
          </Banner>
        )}
        {said && !said.ok && (
          <Banner tone="bad" icon={CircleAlert}>
            {t('failed')} <span className="mono">{said.error}</span>
          </Banner>
        )}
        {said?.ok && (
          <div className="stackm">
            {said.text && (
              <div className="bub" dir="auto">
                <Markdown text={said.text} />
              </div>
            )}
            {said.handoff !== null && <div className="small warn">{t('handoff', { reason: said.handoff })}</div>}
            <div className="meta num">
              {said.answeredBy && t(`by.${said.answeredBy}`)} ·{' '}
              {t('took', { seconds: (said.durationMs / 1000).toFixed(1) })}
            </div>
          </div>
        )}
      </div>
    </div>
  )
}
