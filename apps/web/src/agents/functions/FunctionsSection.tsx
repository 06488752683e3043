/** What an agent may do: built-in functions by a switch, addresses of the company's own, and the secrets they send. */
import type { AgentFunction } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ItemCard } from '../edit/ItemCard.tsx'
import { NamedSection } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/section-props.ts'
import { BuiltIns } from './BuiltIns.tsx'
import { HttpForm } from './HttpForm.tsx'
import { emptyFunction, type HttpFunction, hostOf } from './http-function.ts'
import { McpServers } from './mcp/McpServers.tsx'
import { without } from './mcp/mcp-server.ts'
import { usageQuery } from './queries.ts'
import { RunFunction } from './RunFunction.tsx'
import { Secrets } from './Secrets.tsx'
import './texts.ts'

const MOST = 64

export function FunctionsSection({ agentId, draft }: SectionProps) {
  const { config, change } = draft
  const { t } = useTranslation('functions')
  const [open, setOpen] = useState<string | null>(null)
  const { functions } = config
  const usage = useQuery(usageQuery(agentId))
  const own = functions.filter((one): one is HttpFunction => one.kind === 'http')
  const put = (next: AgentFunction) => change({ functions: functions.map((one) => (one.id === next.id ? next : one)) })
  const add = () => {
    const next = emptyFunction()
    change({ functions: [...functions, next] })
    setOpen(next.id)
  }
  const remove = (id: string) => change(without(config, new Set([id])))
  return (
    <NamedSection name="functions">
      <h3 className="fn-head">{t('builtIn')}</h3>
      <BuiltIns functions={functions} onChange={(next) => change({ functions: next })} />
      <h3 className="fn-head">{t('yours')}</h3>
      {own.length === 0 && <p className="t3">{t('none')}</p>}
      {own.length > 0 && (
        <div className="lbox">
          {own.map((one) => (
            <ItemCard
              key={one.id}
              title={one.name}
              summary={<Summary value={one} usage={usage.data?.functions.find(({ name }) => name === one.name)} />}
              on={one.on}
              onSwitch={(on) => put({ ...one, on })}
              onRemove={() => remove(one.id)}
              open={open === one.id}
              onOpen={(isOpen) => setOpen(isOpen ? one.id : null)}
            >
              <HttpForm
                agentId={agentId}
                value={one}
                taken={functions.some(({ id, name }) => id !== one.id && name === one.name)}
                fields={config.memoryFields}
                onChange={put}
              />
              <RunFunction agentId={agentId} value={one} />
            </ItemCard>
          ))}
        </div>
      )}
      <Button variant="quiet" icon={Plus} disabled={functions.length >= MOST} onClick={add}>
        {t('add')}
      </Button>
      <McpServers agentId={agentId} draft={draft} />
      <Secrets agentId={agentId} />
    </NamedSection>
  )
}

type Usage = { calls: number; failed: number; medianMs: number | null }

/** Where it leads, and how it did in the last conversations. */
function Summary({ value, usage }: { value: HttpFunction; usage: Usage | undefined }) {
  const { t } = useTranslation('functions')
  const parts = [
    t('summary', { method: value.method, host: hostOf(value.url) ?? t('noHost') }),
    value.description,
    usage && t('usage.calls', { count: usage.calls }),
    usage?.medianMs != null && t('usage.median', { ms: usage.medianMs }),
    usage && usage.failed > 0 && t('usage.failed', { count: usage.failed }),
  ]
  return parts.filter(Boolean).join(' · ')
}
