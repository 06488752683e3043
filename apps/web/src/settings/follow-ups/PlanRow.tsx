/** One follow-up plan: what it is for, what it did, and its switch, which leads through the preview. */
import type { FollowUpPlan } from '@earshot/contracts'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Eye from 'lucide-react/icons/eye'
import History from 'lucide-react/icons/history'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { toast } from '../../ui/Toasts.tsx'
import type { Asked } from './asked.ts'
import { usePlanCommands } from './use-follow-ups.ts'

export function PlanRow({ plan, onAsk }: { plan: FollowUpPlan; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('followUps')
  const may = useMay('admin')
  const { turn } = usePlanCommands()
  const { name, kind, sent, enabled, id } = plan
  const switchOff = () =>
    turn.mutate({ id, previewed: null }, { onSuccess: () => void toast.done(t('switchedOff', { name })) })
  return (
    <li className="lrow">
      <span className="grow tr">
        <span className="strong" dir="auto">
          {name}
        </span>{' '}
        <span className="small t3">
          {t(`kind.${kind}`)} · {t('sent', { count: sent })}
        </span>
      </span>
      {may ? (
        <Switch
          label={t('on', { name })}
          checked={enabled}
          disabled={turn.isPending}
          onChange={(on) => (on ? onAsk({ what: 'preview', plan }) : switchOff())}
        />
      ) : (
        !enabled && <span className="small t3">{t('off')}</span>
      )}
      <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
        <MenuItem icon={Eye} onSelect={() => onAsk({ what: 'preview', plan })}>
          {t('previewVerb')}
        </MenuItem>
        <MenuItem icon={History} onSelect={() => onAsk({ what: 'history', plan })}>
          {t('history')}
        </MenuItem>
        {may && (
          <MenuItem icon={Pencil} onSelect={() => onAsk({ what: 'change', plan })}>
            {t('change')}
          </MenuItem>
        )}
        {may && (
          <MenuItem icon={Trash2} bad onSelect={() => onAsk({ what: 'delete', plan })}>
            {t('delete')}
          </MenuItem>
        )}
      </Menu>
    </li>
  )
}
