/** Files of a message: images as small pictures from our own address, everything else as a download. */
import type { Attachment } from '@earshot/contracts'
import ExternalLink from 'lucide-react/icons/external-link'
import FileDown from 'lucide-react/icons/file-down'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSound, VoiceMessage } from '../../audio/VoiceMessage.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { safeLink } from '../../ui/safe-link.ts'
import { fileSize } from './file-size.ts'

const DRAWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

export function Attachments({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null
  return (
    <div className="files">
      {files.map((file) =>
        isSound(file) ? (
          <VoiceMessage file={file} otherwise={<File file={file} />} key={file.id} />
        ) : (
          <File file={file} key={file.id} />
        ),
      )}
    </div>
  )
}

/** Ours begin with one slash. A file elsewhere is only linked: loading it would tell its host who reads this. */
const isOurs = (url: string) => /^\/(?![/\\])/.test(url)

function File({ file }: { file: Attachment }) {
  const { t } = useTranslation('conversations')
  const [broken, setBroken] = useState(false)
  if (!isOurs(file.url)) return <FileElsewhere file={file} />
  const label = t('file.download', { name: file.name })
  if (DRAWN.has(file.mediaType) && !broken) {
    return (
      <a className="thumb" href={file.url} download={file.name} aria-label={label} title={file.name}>
        <img src={file.url} alt={file.name} loading="lazy" decoding="async" onError={() => setBroken(true)} />
      </a>
    )
  }
  return (
    <a className="file" href={file.url} download={file.name} aria-label={label}>
      <Icon of={FileDown} />
      <span className="tr" dir="auto">
        {file.name}
      </span>
      <span className="small num">{fileSize(file.size)}</span>
    </a>
  )
}

function FileElsewhere({ file }: { file: Attachment }) {
  const link = safeLink(file.url)
  const words = (
    <>
      <Icon of={ExternalLink} />
      <span className="tr" dir="auto">
        {file.name}
      </span>
      {link && <span className="small">{link.host}</span>}
    </>
  )
  if (!link) return <span className="file">{words}</span>
  return (
    <a className="file" href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.href}>
      {words}
    </a>
  )
}
