/** The tools of one server: those that were chosen, with what changed at the server since, and those that could be. */
import type { AgentConfig, McpServer, McpTool } from '@earshot/contracts'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/Badge.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Choice.tsx'
import { chosenTool, type McpFunction, stateOf, toolsOf, without } from './mcp-server.ts'
import { ToolForm } from './ToolForm.tsx'

type Props = {
  agentId: string
  server: McpServer
  config: AgentConfig
  /** What the server offers now; undefined while it was not asked. */
  listed: readonly McpTool[] | undefined
  change: (part: Partial<AgentConfig>) => void
}

const MOST_FUNCTIONS = 64

export function ToolList({ agentId, server, config, listed, change }: Props) {
  const { t } = useTranslation('functions')
  const [open, setOpen] = useState<string | null>(null)
  const { functions } = config
  const chosen = toolsOf(functions, server)
  const others = (listed ?? []).filter(({ tool }) => !chosen.some((one) => one.tool === tool))
  const put = (next: McpFunction) => change({ functions: functions.map((one) => (one.id === next.id ? next : one)) })
  if (chosen.length === 0 && others.length === 0) return null
  return (
    <ul className="mcp-tools lbox" aria-label={t('mcp.toolsOf', { name: server.name })}>
      {chosen.map((one) => (
        <li key={one.id}>
          <div className="lrow">
            <Checkbox checked aria-label={one.tool} onChange={() => change(without(config, new Set([one.id])))} />
            <Words tool={one.tool} description={one.description} />
            <State state={stateOf(one, listed)} />
            <IconButton
              size="sm"
              icon={ChevronDown}
              label={t('mcp.settings', { tool: one.tool })}
              aria-expanded={open === one.id}
              onClick={() => setOpen(open === one.id ? null : one.id)}
            />
          </div>
          {open === one.id && (
            <ToolForm
              agentId={agentId}
              server={server}
              value={one}
              now={listed?.find(({ tool }) => tool === one.tool)}
              fields={config.memoryFields}
              onChange={put}
            />
          )}
        </li>
      ))}
      {others.map((tool) => (
        <li key={tool.tool}>
          <div className="lrow">
            <Checkbox
              checked={false}
              aria-label={tool.tool}
              disabled={tool.problem !== null || functions.length >= MOST_FUNCTIONS}
              onChange={() => change({ functions: [...functions, chosenTool(server, tool, functions)] })}
            />
            <Words tool={tool.tool} description={tool.problem ?? (tool.description || tool.title)} />
            {tool.problem !== null && <Badge tone="bad">{t('mcp.unusable')}</Badge>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Words({ tool, description }: { tool: string; description: string }) {
  return (
    <div className="grow">
      <div className="mono tr" dir="ltr">
        {tool}
      </div>
      <div className="small t3 tr" dir="auto">
        {description}
      </div>
    </div>
  )
}

function State({ state }: { state: ReturnType<typeof stateOf> }) {
  const { t } = useTranslation('functions')
  if (state === 'same') return null
  return <Badge tone={state === 'gone' ? 'bad' : 'warn'}>{t(`mcp.${state}`)}</Badge>
}
