/** What an agent may do: built-in functions by a switch, addresses of the company's own, and the secrets they send. */
import type { AgentFunction } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ItemCard } from '../edit/ItemCard.tsx'
import { NamedSection } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/sections.ts'
import { BuiltIns } from './BuiltIns.tsx'
import { HttpForm } from './HttpForm.tsx'
import { emptyFunction, type HttpFunction, hostOf } from './http-function.ts'
import { RunFunction } from './RunFunction.tsx'
import { Secrets } from './Secrets.tsx'
import './texts.ts'

const MOST = 64

export function FunctionsSection({ agentId, draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('functions')
  const [open, setOpen] = useState<string | null>(null)
  const { functions } = config
  const own = functions.filter((one): one is HttpFunction => one.kind === 'http')
  const put = (next: AgentFunction) => change({ functions: functions.map((one) => (one.id === next.id ? next : one)) })
  const add = () => {
    const next = emptyFunction()
    change({ functions: [...functions, next] })
    setOpen(next.id)
  }
  const remove = (id: string) =>
    change({
      functions: functions.filter((one) => one.id !== id),
      // A flow that names it would be refused.
      flows: config.flows.map((flow) => ({
        ...flow,
        functionIds: flow.functionIds?.filter((one) => one !== id) ?? null,
      })),
    })
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
              summary={`${t('summary', { method: one.method, host: hostOf(one.url) ?? t('noHost') })}${one.description && ` · ${one.description}`}`}
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
      <Secrets agentId={agentId} />
    </NamedSection>
  )
}
