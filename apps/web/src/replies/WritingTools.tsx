/** What comes with the box to write in after its first moment: canned replies, mentions, macros, a suggested answer. */
import './texts.ts'
import '../styles/replies.css'
import type { Conversation } from '@earshot/contracts'
import Slash from 'lucide-react/icons/slash'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WritingKind } from '../conversations/composer/mode.ts'
import { IconButton } from '../ui/Button.tsx'
import { CannedReplies } from './CannedReplies.tsx'
import { MacroMenu } from './MacroMenu.tsx'
import { Mentions } from './Mentions.tsx'
import { SuggestButton } from './SuggestButton.tsx'
import { typedMark } from './typed-mark.ts'
import { UnfilledHint } from './UnfilledHint.tsx'

type Props = {
  conversation: Conversation
  kind: WritingKind
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  change: (text: string) => void
}

export default function WritingTools({ conversation, kind, field, text, change }: Props) {
  const { t } = useTranslation('replies')
  const cursor = useCursor(field, text)
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const mark = cursor === null ? null : typedMark(text, cursor, kind === 'note' ? '@' : '/')
  const open = mark !== null && mark.start !== closedAt ? mark : null
  if (mark === null && closedAt !== null && cursor !== null) setClosedAt(null)
  const put = (words: string, start: number, end: number) => {
    change(text.slice(0, start) + words + text.slice(end))
    const blank = words.search(/\{\{[^{}]*\}\}/)
    requestAnimationFrame(() => {
      const box = field.current
      box?.focus()
      // What has no value is selected, to be written over.
      if (blank >= 0) box?.setSelectionRange(start + blank, start + words.indexOf('}}', blank) + 2)
      else box?.setSelectionRange(start + words.length, start + words.length)
    })
  }
  const askForReply = () => {
    const at = field.current?.selectionStart ?? text.length
    setClosedAt(null)
    put(at === 0 || /\s/.test(text[at - 1] ?? '') ? '/' : ' /', at, at)
  }
  const picking = open && {
    field,
    query: open.query,
    onPick: (words: string) => {
      // What was put there may still look like something that is typed: it is not asked about again.
      setClosedAt(open.start)
      put(words, open.start, cursor ?? text.length)
    },
    onClose: () => setClosedAt(open.start),
  }
  return (
    <>
      {picking && kind === 'note' && <Mentions {...picking} />}
      {picking && kind === 'message' && <CannedReplies conversation={conversation} {...picking} />}
      {kind === 'message' && (
        <>
          <UnfilledHint text={text} />
          <IconButton label={t('slash.open')} icon={Slash} onClick={askForReply} />
          <MacroMenu conversation={conversation} />
          {conversation.agent && (
            <SuggestButton
              conversation={conversation}
              onText={(words) => put(text.trim() === '' ? words : `\n\n${words}`, text.trimEnd().length, text.length)}
            />
          )}
        </>
      )}
    </>
  )
}

/** Where the cursor stands while the box has the focus. */
function useCursor(field: RefObject<HTMLTextAreaElement | null>, text: string): number | null {
  const [cursor, setCursor] = useState<number | null>(null)
  useEffect(() => {
    const read = () => {
      const box = field.current
      const has = box !== null && document.activeElement === box && box.selectionStart === box.selectionEnd
      setCursor(has ? box.selectionStart : null)
    }
    read()
    document.addEventListener('selectionchange', read)
    document.addEventListener('focusin', read)
    return () => {
      document.removeEventListener('selectionchange', read)
      document.removeEventListener('focusin', read)
    }
  }, [field])
  return cursor === null ? null : Math.min(cursor, text.length)
}
