/** Runs one function with typed parameters, and shows what was sent, what came back, and the real error. */
import { call } from '@earshot/client'
import { type McpServer, runAgentFunction } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import Play from 'lucide-react/icons/play'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Json } from '../../conversations/thread/Json.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  type HttpFunction,
  isFixedAddress,
  isFunctionName,
  type Parameter,
  parametersOf,
  readTyped,
} from './http-function.ts'
import type { McpFunction } from './mcp/mcp-server.ts'

type Props = { agentId: string; value: HttpFunction | McpFunction; server?: McpServer }
type Ran = Awaited<ReturnType<typeof call<typeof runAgentFunction>>>

export function RunFunction({ agentId, value, server }: Props) {
  const { t } = useTranslation('functions')
  const mayRun = useMay('admin')
  const [typed, setTyped] = useState<Record<string, string>>({})
  const parameters = parametersOf(value.parameters)
  const read = readTyped(parameters, typed)
  const run = useMutation({
    mutationFn: (given: NonNullable<typeof read>) =>
      call(runAgentFunction, {
        params: { id: agentId },
        body: { function: value, server: server ?? null, parameters: given },
      }),
  })
  const isComplete =
    isFunctionName(value.name) && (value.kind === 'mcp' ? server !== undefined : isFixedAddress(value.url))
  if (!mayRun) return null
  return (
    <div className="fn-run">
      <h3 className="strong">{t('run.title')}</h3>
      <p className="small t3">{t('run.text')}</p>
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={typed[parameter.name] ?? ''}
          onChange={(text) => setTyped({ ...typed, [parameter.name]: text })}
        />
      ))}
      <Button
        icon={Play}
        busy={run.isPending}
        disabled={!isComplete || read === null}
        onClick={() => read && run.mutate(read)}
      >
        {t('run.verb')}
      </Button>
      <div aria-live="polite">
        {run.error && <p className="bad">{problemText(run.error)}</p>}
        {run.data && <Outcome ran={run.data} />}
      </div>
    </div>
  )
}

type FieldProps = { parameter: Parameter; value: string; onChange: (text: string) => void }

function ParameterField({ parameter: { name, kind, description, required, choices }, value, onChange }: FieldProps) {
  const { t } = useTranslation('functions')
  const label = required ? `${name} *` : name
  if (kind === 'choice' || kind === 'yes_no') {
    const options = kind === 'choice' ? choices : ['true', 'false']
    return (
      <Field label={label} hint={description || undefined}>
        {({ id }) => (
          <Select
            id={id}
            label={label}
            value={value}
            onChange={onChange}
            options={['', ...options].map((one) => ({ value: one, label: one || '–' }))}
          />
        )}
      </Field>
    )
  }
  const hint = [description, kind === 'json' && t('run.json')].filter(Boolean).join(' · ')
  return (
    <TextField
      label={label}
      hint={hint || undefined}
      dir="auto"
      inputMode={kind === 'number' ? 'decimal' : undefined}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const TONES = { ok: 'ok', error: 'bad', refused: 'warn' } as const

function Outcome({ ran }: { ran: Ran }) {
  const { t } = useTranslation('functions')
  const fills = { ...ran.memory, ...Object.fromEntries(ran.tags.map(({ key, value }) => [`#${key}`, value])) }
  return (
    <div className="fn-outcome">
      <div className="row g2 wrap">
        <Badge tone={TONES[ran.status]}>{t(`run.${ran.status}`)}</Badge>
        {ran.httpStatus !== null && <span className="mono">HTTP {ran.httpStatus}</span>}
        <span className="small t3 num">{t('run.took', { ms: ran.durationMs })}</span>
        {ran.tries > 1 && <span className="small t3 num">{t('run.tries', { count: ran.tries })}</span>}
      </div>
      {ran.request && (
        <>
          <div className="lab">{t('run.request')}</div>
          <p className="mono small" dir="ltr">
            {ran.request.method} {ran.request.url}
          </p>
          {ran.request.headers.length > 0 && (
            <p className="mono small t3" dir="ltr">
              {ran.request.headers.join(', ')}
            </p>
          )}
          {ran.request.body !== null && <Json value={ran.request.body} />}
        </>
      )}
      <div className="lab">{t('run.result')}</div>
      {ran.status !== 'ok' && typeof ran.result === 'string' ? <p>{ran.result}</p> : <Json value={ran.result} />}
      {Object.keys(fills).length > 0 && (
        <>
          <div className="lab">{t('run.fills')}</div>
          <Json value={fills} />
        </>
      )}
    </div>
  )
}
