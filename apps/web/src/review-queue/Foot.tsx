/** The end of each turn: put it off, or save and take the next. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'

const HOUR = 60
const DAY = 24 * HOUR

export function Foot({
  busy,
  onSkip,
  onDone,
}: {
  busy: boolean
  onSkip: (minutes: number) => void
  onDone: () => void
}) {
  const { t } = useTranslation('judging')
  const skip = (minutes: number) => () => !busy && onSkip(minutes)
  const done = () => !busy && onDone()
  useShortcuts([
    { keys: 'S', group: 'act', label: t('queue.keys.skip'), run: skip(HOUR) },
    { keys: 'E', group: 'act', label: t('queue.keys.done'), run: done },
  ])
  return (
    <div className="row rfoot">
      <Button variant="quiet" keys="S" onClick={skip(HOUR)}>
        {t('queue.skip')}
      </Button>
      <Menu side="top" trigger={<IconButton size="sm" label={t('queue.skipFor')} icon={ChevronDown} />}>
        <MenuItem onSelect={skip(HOUR)}>{t('queue.skipHour')}</MenuItem>
        <MenuItem onSelect={skip(DAY)}>{t('queue.skipTomorrow')}</MenuItem>
        <MenuItem onSelect={skip(7 * DAY)}>{t('queue.skipWeek')}</MenuItem>
      </Menu>
      <span className="small t3 grow row g3 hide-s">
        <Kbd keys="J" /> {t('queue.nextPart')}
      </span>
      <span className="grow only-s" />
      <Button variant="primary" keys="E" busy={busy} onClick={done}>
        {t('queue.done')}
      </Button>
    </div>
  )
}
