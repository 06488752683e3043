/** Says one sentence to the saved agent's model and shows what came back, or the provider's own words of refusal. */
import { call } from '@earshot/client'
import { type Agent, testAgent } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { AgentAvatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { Banner } from '../ui/States.tsx'
import { Section } from './edit/Section.tsx'

export function TryAgent({ agent, unsaved }: { agent: Agent; unsaved: boolean }) {
  const { t } = useTranslation('agents')
  const [text, setText] = useState('')
  const run = useMutation({
    mutationFn: () => call(testAgent, { params: { id: agent.id }, body: { text: text.trim() } }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '' && !unsaved) run.mutate()
  }
  return (
    <Section title={t('try')} text={unsaved ? t('tryUnsaved') : t('tryText')}>
      <form className="row" onSubmit={submit}>
        <Input
          aria-label={t('trySay')}
          placeholder={t('trySay')}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" busy={run.isPending} disabled={unsaved || text.trim() === ''}>
          {t('tryVerb')}
        </Button>
      </form>
      <div aria-live="polite" className="below">
        {run.error && (
          <Banner tone="bad" icon={CircleAlert}>
            {problemText(run.error)}
          </Banner>
        )}
        {run.data && <Answer answer={run.data} name={agent.name} />}
      </div>
    </Section>
  )
}

type Tested = {
  ok: boolean
  text: string | null
  error: string | null
  durationMs: number
  tokens: { input: number; output: number }
}

function Answer({ answer, name }: { answer: Tested; name: string }) {
  const { t } = useTranslation('agents')
  if (!answer.ok) {
    return (
      <Banner tone="bad" icon={CircleAlert}>
        {t('tryFailed')} <span className="mono">{answer.error}</span>
      </Banner>
    )
  }
  const { input, output } = answer.tokens
  return (
    <div className="turn">
      <AgentAvatar size="sm" />
      <div className="stackm">
        <div className="bub" dir="auto">
          <Markdown text={answer.text ?? ''} />
        </div>
        <div className="meta num">
          <b>{name}</b>
          {t('tryTook', { seconds: (answer.durationMs / 1000).toFixed(1) })}
          {input + output > 0 && ` · ${t('tryTokens', { count: input + output })}`}
        </div>
      </div>
    </div>
  )
}
