/** A chosen tool: what the model reads about it, whether it changes anything, what its result fills, and what its server says now. */
import type { McpServer, McpTool, MemoryField } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Json } from '../../../conversations/thread/Json.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Choice.tsx'
import { TextArea } from '../../../ui/Field.tsx'
import { Mappings } from '../Mappings.tsx'
import { RunFunction } from '../RunFunction.tsx'
import { type McpFunction, wordsOf } from './mcp-server.ts'

type Props = {
  agentId: string
  server: McpServer
  value: McpFunction
  now: McpTool | undefined
  fields: readonly MemoryField[]
  onChange: (next: McpFunction) => void
}

export function ToolForm({ agentId, server, value, now, fields, onChange }: Props) {
  const { t } = useTranslation('functions')
  return (
    <div className="item-body">
      {now && now.fingerprint !== value.fingerprint && (
        <div className="mcp-changed">
          <p className="strong">{t('mcp.nowSays')}</p>
          <p dir="auto">{now.description || '–'}</p>
          {now.problem === null ? <Json value={now.parameters} /> : <p className="bad">{now.problem}</p>}
          <Button
            size="sm"
            disabled={now.problem !== null}
            onClick={() => onChange({ ...value, ...wordsOf(now), reads: value.reads && now.reads })}
          >
            {t('mcp.takeOver')}
          </Button>
        </div>
      )}
      <p className="small t3 mono" dir="ltr">
        {value.name}
      </p>
      <TextArea
        label={t('description')}
        hint={t('mcp.descriptionHint')}
        rows={3}
        maxLength={1000}
        dir="auto"
        value={value.description}
        onChange={(event) => onChange({ ...value, description: event.target.value })}
      />
      <Checkbox checked={value.reads} onChange={(reads) => onChange({ ...value, reads })}>
        {t('mcp.reads')}
      </Checkbox>
      <p className="small t3">{t('mcp.readsHint')}</p>
      <Mappings value={value.mappings} fields={fields} onChange={(mappings) => onChange({ ...value, mappings })} />
      <RunFunction agentId={agentId} value={value} server={server} />
    </div>
  )
}
