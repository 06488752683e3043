/** Copies the address of a conversation, or of one line in it, and says so. */
import { useTranslation } from 'react-i18next'
import { toast } from '../../ui/Toasts.tsx'

export function useCopyLink(id: string): () => void {
  const { t } = useTranslation('conversations')
  return () => {
    const link = `${location.origin}/conversations/${id}`
    navigator.clipboard.writeText(link).then(
      () => toast.done(t('done.linkCopied')),
      () => toast.failed(t('linkNotCopied', { link })),
    )
  }
}
