/** One of the dialogs about taking conversations out, deleting, merging or splitting them. */
import '../conversations/texts.ts'
import { DeleteDialog } from '../deletion/DeleteDialog.tsx'
import { DeleteManyDialog } from '../deletion/DeleteManyDialog.tsx'
import { MergeContactsDialog } from '../merging/MergeContactsDialog.tsx'
import { MergeDialog } from '../merging/MergeDialog.tsx'
import { SplitDialog } from '../merging/SplitDialog.tsx'
import type { Asked } from './asked.ts'
import { DownloadsDialog } from './DownloadsDialog.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { TranscriptDialog } from './TranscriptDialog.tsx'

type Props = { asked: Asked; onClose: () => void }

export default function AskedDialog({ asked, onClose }: Props) {
  switch (asked.what) {
    case 'transcript':
      return <TranscriptDialog conversation={asked.conversation} onClose={onClose} />
    case 'delete':
      return <DeleteDialog conversation={asked.conversation} onClose={onClose} />
    case 'deleteMany':
      return <DeleteManyDialog many={asked} onClose={onClose} />
    case 'export':
      return <ExportDialog many={asked} columns={asked.columns} onClose={onClose} />
    case 'merge':
      return <MergeDialog id={asked.id} onClose={onClose} />
    case 'split':
      return <SplitDialog id={asked.id} onClose={onClose} />
    case 'mergeContacts':
      return <MergeContactsDialog id={asked.id} onClose={onClose} />
    case 'downloads':
      return <DownloadsDialog onClose={onClose} />
  }
}
