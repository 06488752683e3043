/** The files that go with the message: how far they are, why one cannot go, and a way to drop it. */
import CircleAlert from 'lucide-react/icons/circle-alert'
import File from 'lucide-react/icons/file'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { hasWords } from '../../app/problem.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Progress } from '../../ui/States.tsx'
import { fileSize } from '../thread/file-size.ts'
import type { Upload } from './use-uploads.ts'

export function UploadList({ uploads, onRemove }: { uploads: readonly Upload[]; onRemove: (key: string) => void }) {
  const { t } = useTranslation('conversations')
  if (uploads.length === 0) return null
  return (
    <ul className="uploads" aria-label={t('file.list')}>
      {uploads.map((upload) => (
        <li key={upload.key} className={upload.error ? 'bad' : undefined}>
          <Icon of={upload.error ? CircleAlert : File} size="s" />
          <span className="tr" dir="auto">
            {upload.name}
          </span>
          {upload.error ? (
            <Refusal code={upload.error} />
          ) : (
            <span className="small t3 num">{fileSize(upload.size)}</span>
          )}
          {!upload.attachment && !upload.error && (
            <Progress value={upload.progress * 100} label={t('file.uploading', { name: upload.name })} />
          )}
          <IconButton
            size="sm"
            icon={X}
            label={t('file.remove', { name: upload.name })}
            onClick={() => onRemove(upload.key)}
          />
        </li>
      ))}
    </ul>
  )
}

function Refusal({ code }: { code: string }) {
  const { t } = useTranslation('errors')
  return (
    <span className="small" role="alert">
      {t(hasWords(code) ? code : 'internal')}
    </span>
  )
}
