/** One line: what it is, who answers, whether its last test passed. */
import type { Line } from '@earshot/contracts'
import Activity from 'lucide-react/icons/activity'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Network from 'lucide-react/icons/network'
import Pencil from 'lucide-react/icons/pencil'
import Phone from 'lucide-react/icons/phone'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

export type AskedOfLine = { what: 'change' | 'delete'; line: Line } | { what: 'test'; id: string; isNew?: boolean }

export function LineRow({ line, onAsk }: { line: Line; onAsk: (asked: AskedOfLine) => void }) {
  const { t } = useTranslation('voice')
  const { id, name, kind, agent } = line
  return (
    <li className="lrow voice-line">
      <Icon of={kind === 'twilio' ? Phone : Network} size="s" className="t3" />
      <span className="grow tr">
        <span className="strong" dir="auto">
          {name}
        </span>
        <span className="sub block tr">
          <bdi>{line.number ?? line.trunk?.host}</bdi> ·{' '}
          {agent ? t('answeredBy', { agent: agent.name }) : t('answeredByQueue')}
        </span>
      </span>
      <Health line={line} />
      <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name })} icon={Ellipsis} />}>
        <MenuItem icon={Activity} onSelect={() => onAsk({ what: 'test', id })}>
          {t('test')}
        </MenuItem>
        <MenuItem icon={Pencil} onSelect={() => onAsk({ what: 'change', line })}>
          {t('change')}
        </MenuItem>
        <MenuItem icon={Trash2} bad onSelect={() => onAsk({ what: 'delete', line })}>
          {t('remove')}
        </MenuItem>
      </Menu>
    </li>
  )
}

function Health({ line: { enabled, test } }: { line: Line }) {
  const { t } = useTranslation('voice')
  if (!enabled) return <Badge>{t('health.off')}</Badge>
  if (!test) return <Badge>{t('health.untested')}</Badge>
  return (
    <span className="col voice-health">
      <Badge tone={test.ok ? 'ok' : 'warn'} icon={test.ok ? CircleCheck : CircleAlert}>
        {test.ok ? t('health.works') : t('health.failed')}
      </Badge>
      <span className="small t3">
        <RelativeTime at={test.at} />
      </span>
    </span>
  )
}
