/** One own flag: what it is called, how often it was raised, and its switch. */
import type { FlagRule } from '@earshot/contracts'
import Ellipsis from 'lucide-react/icons/ellipsis'
import History from 'lucide-react/icons/history'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { useRuleCommands } from './use-rules.ts'

export type Asked = { what: 'add' } | { what: 'change' | 'versions' | 'delete'; rule: FlagRule } | null

const TONES: Record<FlagRule['severity'], Tone> = { info: 'info', review: 'warn', urgent: 'bad' }

export function RuleRow({ rule, onAsk }: { rule: FlagRule; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('rules')
  const may = useMay('admin')
  const { save } = useRuleCommands()
  const { id, name, about, severity, version, raised, dismissed, enabled } = rule
  const turn = (on: boolean) => save.mutate({ id, name, about, severity, rule: rule.rule, enabled: on })
  return (
    <li className="lrow rule-row2">
      <span className="grow tr">
        <span className="strong" dir="auto">
          {name}
        </span>{' '}
        <Badge tone={TONES[severity]}>{t(`severities.${severity}`)}</Badge>
        <span className="small t3 rule-facts">
          {t('version', { version })} · {t('raised', { count: raised })}
          {dismissed > 0 && ` · ${t('dismissed', { count: dismissed })}`}
        </span>
      </span>
      {may ? (
        <Switch label={t('on', { name })} checked={enabled} disabled={save.isPending} onChange={turn} />
      ) : (
        !enabled && <span className="small t3">{t('off')}</span>
      )}
      <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
        {may && (
          <MenuItem icon={Pencil} onSelect={() => onAsk({ what: 'change', rule })}>
            {t('change')}
          </MenuItem>
        )}
        <MenuItem icon={History} onSelect={() => onAsk({ what: 'versions', rule })}>
          {t('versions')}
        </MenuItem>
        {may && (
          <MenuItem icon={Trash2} bad onSelect={() => onAsk({ what: 'delete', rule })}>
            {t('delete')}
          </MenuItem>
        )}
      </Menu>
    </li>
  )
}
