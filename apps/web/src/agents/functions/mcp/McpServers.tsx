/** Servers whose tools an agent may use: added by address, asked for their tools, and their tools chosen one by one. */
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { ItemCard } from '../../edit/ItemCard.tsx'
import type { SectionProps } from '../../edit/section-props.ts'
import { hostOf } from '../http-function.ts'
import { emptyServer, toolsOf, without } from './mcp-server.ts'
import { ServerForm } from './ServerForm.tsx'

const MOST = 10

export function McpServers({ agentId, draft: { config, change } }: Pick<SectionProps, 'agentId' | 'draft'>) {
  const { t } = useTranslation('functions')
  const [open, setOpen] = useState<string | null>(null)
  const { mcpServers: servers, functions } = config
  const add = () => {
    const next = emptyServer()
    change({ mcpServers: [...servers, next] })
    setOpen(next.id)
  }
  return (
    <>
      <h3 className="fn-head">{t('mcp.title')}</h3>
      {servers.length === 0 && <p className="t3">{t('mcp.none')}</p>}
      {servers.length > 0 && (
        <div className="lbox">
          {servers.map((server) => {
            const chosen = toolsOf(functions, server)
            return (
              <ItemCard
                key={server.id}
                title={server.name}
                summary={`${hostOf(server.url) ?? t('noHost')} · ${t('mcp.chosen', { count: chosen.length })}`}
                on={server.on}
                onSwitch={(on) => change({ mcpServers: servers.map((one) => (one === server ? { ...one, on } : one)) })}
                onRemove={() =>
                  change({
                    mcpServers: servers.filter((one) => one !== server),
                    ...without(config, new Set(chosen.map(({ id }) => id))),
                  })
                }
                open={open === server.id}
                onOpen={(isOpen) => setOpen(isOpen ? server.id : null)}
              >
                <ServerForm agentId={agentId} server={server} config={config} change={change} />
              </ItemCard>
            )
          })}
        </div>
      )}
      <Button variant="quiet" icon={Plus} disabled={servers.length >= MOST} onClick={add}>
        {t('mcp.add')}
      </Button>
    </>
  )
}
