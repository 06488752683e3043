/** The agent's picture: an upload of its own, shown before it is saved. */
import type { Attachment } from '@earshot/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import ImagePlus from 'lucide-react/icons/image-plus'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '../../app/queries.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'

type Props = { agentId: string; fileId: string | null; onChange: (fileId: string | null) => void }

const TYPES = 'image/png,image/jpeg,image/webp,image/gif'

export function AvatarField({ agentId, fileId, onChange }: Props) {
  const { t } = useTranslation('agents')
  const { data: agents } = useQuery(agentsQuery)
  const [uploaded, setUploaded] = useState<Attachment | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: send,
    onSuccess(file) {
      setUploaded(file)
      onChange(file.id)
    },
    onError: () => toast.failed(t('avatarFailed')),
  })
  const stored = agents?.find((agent) => agent.id === agentId)?.avatarUrl ?? null
  const shown = fileId === null ? null : uploaded?.id === fileId ? uploaded.url : stored
  return (
    <div className="field">
      <span className="lab">{t('avatar')}</span>
      <div className="row">
        <AgentAvatar size="lg" src={shown} />
        <input
          ref={input}
          type="file"
          accept={TYPES}
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) upload.mutate(file)
            event.target.value = ''
          }}
        />
        <Button size="sm" icon={ImagePlus} busy={upload.isPending} onClick={() => input.current?.click()}>
          {t('avatarChoose')}
        </Button>
        {fileId !== null && (
          <Button size="sm" variant="quiet" onClick={() => onChange(null)}>
            {t('avatarRemove')}
          </Button>
        )}
      </div>
    </div>
  )
}

async function send(file: File): Promise<Attachment> {
  const form = new FormData()
  form.append('file', file)
  const answer = await fetch('/api/v1/files', { method: 'POST', body: form, credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`the upload was refused: ${answer.status}`)
  return (await answer.json()) as Attachment
}
