/** One server: its address, what it is sent, its answer when asked, and the tools it offers. */
import { call } from '@earshot/client'
import { type AgentConfig, type McpServer, readMcpTools } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plug from 'lucide-react/icons/plug'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../app/problem.ts'
import { useMay } from '../../../app/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { NumberField } from '../../edit/NumberField.tsx'
import { Headers } from '../Headers.tsx'
import { isServerAddress, isServerComplete, isServerName, renamed, toolsOf } from './mcp-server.ts'
import { ToolList } from './ToolList.tsx'

type Props = {
  agentId: string
  server: McpServer
  config: AgentConfig
  change: (part: Partial<AgentConfig>) => void
}

export function ServerForm({ agentId, server, config, change }: Props) {
  const { t } = useTranslation('functions')
  const mayAsk = useMay('admin')
  const hasChosen = toolsOf(config.functions, server).length > 0
  // As it was when it was asked: nobody is called while an address is typed. What was chosen is compared at once.
  const [asked, setAsked] = useState(mayAsk && hasChosen && isServerComplete(server) ? server : null)
  const answer = useQuery({
    queryKey: ['mcp-tools', agentId, asked],
    queryFn: ({ signal }) => call(readMcpTools, { params: { id: agentId }, body: { server: asked! }, signal }),
    enabled: asked !== null,
    retry: false,
    staleTime: 60_000,
  })
  const put = (next: McpServer) => change(renamed(config, next))
  const ask = () => {
    if (asked === server) void answer.refetch()
    else setAsked(server)
  }
  return (
    <>
      <Place server={server} taken={config.mcpServers} onChange={put} />
      <Headers agentId={agentId} value={server.headers} onChange={(headers) => put({ ...server, headers })} />
      <div className="fn-run">
        {mayAsk && (
          <Button icon={Plug} busy={answer.isFetching} disabled={!isServerComplete(server)} onClick={ask}>
            {t('mcp.ask')}
          </Button>
        )}
        <div aria-live="polite">
          {answer.error && <p className="bad">{problemText(answer.error)}</p>}
          {answer.data && <Answer answer={answer.data} />}
        </div>
        <ToolList
          agentId={agentId}
          server={server}
          config={config}
          listed={answer.data?.ok ? answer.data.tools : undefined}
          change={change}
        />
      </div>
    </>
  )
}

type Asked = Awaited<ReturnType<typeof call<typeof readMcpTools>>>

function Answer({ answer: { ok, error, server, tools, durationMs } }: { answer: Asked }) {
  const { t } = useTranslation('functions')
  if (!ok) return <p className="bad">{t('mcp.failed', { error })}</p>
  return (
    <p className="small t3">
      {t('mcp.answered', { name: server?.name ?? '', version: server?.version ?? '', ms: durationMs })}{' '}
      {t('mcp.tools', { count: tools.length })}
    </p>
  )
}

type PlaceProps = { server: McpServer; taken: readonly McpServer[]; onChange: (next: McpServer) => void }

function Place({ server, taken, onChange }: PlaceProps) {
  const { t } = useTranslation('functions')
  const isTaken = taken.some(({ id, name }) => id !== server.id && name === server.name)
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('mcp.nameHint')}
        className="mono"
        dir="ltr"
        maxLength={20}
        spellCheck={false}
        value={server.name}
        error={isServerName(server.name) ? (isTaken ? t('mcp.nameTaken') : undefined) : t('mcp.nameWrong')}
        onChange={(event) => onChange({ ...server, name: event.target.value })}
      />
      <TextField
        label={t('url')}
        hint={t('mcp.urlHint')}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={1000}
        spellCheck={false}
        value={server.url}
        error={isServerAddress(server.url) ? undefined : t('mcp.urlWrong')}
        onChange={(event) => onChange({ ...server, url: event.target.value.trim() })}
      />
      <div className="three">
        <NumberField
          label={t('timeout')}
          value={server.timeoutMs}
          min={500}
          max={60_000}
          whole
          onChange={(ms) => onChange({ ...server, timeoutMs: ms ?? server.timeoutMs })}
        />
        <NumberField
          label={t('maxBytes')}
          value={server.maxBytes}
          min={1000}
          max={1_000_000}
          whole
          onChange={(bytes) => onChange({ ...server, maxBytes: bytes ?? server.maxBytes })}
        />
      </div>
    </>
  )
}
