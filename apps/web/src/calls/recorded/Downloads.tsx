/** What can be taken out of a recording, by those who may. */
import type { CallRecording } from '@earshot/contracts'
import Download from 'lucide-react/icons/download'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { download } from '../../audio/download.ts'
import { fileSize } from '../../conversations/thread/file-size.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { downloadUrl } from './queries.ts'

const FORMATS = ['mp3', 'original'] as const

export function Downloads({ conversationId, recording }: { conversationId: string; recording: CallRecording }) {
  const { t } = useTranslation('recorded')
  if (!useMay('supervisor')) return null
  return (
    <Menu align="end" trigger={<IconButton size="sm" icon={Download} label={t('download')} />}>
      {FORMATS.map((format) => (
        <MenuItem
          key={format}
          aside={fileSize(recording.sizes[format])}
          onSelect={() => download(downloadUrl(conversationId, recording.callId, format))}
        >
          {t(format)}
        </MenuItem>
      ))}
    </Menu>
  )
}
