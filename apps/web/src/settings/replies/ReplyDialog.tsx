/** Add or change a canned reply: its shortcut, its words with variables, and who has it. */
import type { CannedReply } from '@earshot/contracts'
import { fillVariables, REPLY_VARIABLES, unknownVariables } from '@earshot/contracts/reply-variables'
import Braces from 'lucide-react/icons/braces'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ForWhom } from './ForWhom.tsx'
import { type ReplyWish, useReplyCommands } from './use-replies.ts'

const SHORTCUT = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u

export function ReplyDialog({ reply, onDone }: { reply?: CannedReply; onDone: () => void }) {
  const { t } = useTranslation('replies')
  const { save } = useReplyCommands()
  const [wish, setWish] = useState<ReplyWish>({
    shortcut: reply?.shortcut ?? '',
    title: reply?.title ?? '',
    body: reply?.body ?? '',
    shared: reply?.shared ?? false,
  })
  const set = (change: Partial<ReplyWish>) => setWish((now) => ({ ...now, ...change }))
  const shortcut = wish.shortcut.trim().replace(/^\//, '')
  const unknown = unknownVariables(wish.body)
  const whole = SHORTCUT.test(shortcut) && wish.title.trim() !== '' && wish.body.trim() !== '' && unknown.length === 0
  const submit = () => {
    if (!whole || save.isPending) return
    const onSuccess = () => {
      onDone()
      toast.done(t(reply ? 'changed' : 'added', { name: `/${shortcut}` }))
    }
    save.mutate({ ...wish, shortcut, ...(reply && { id: reply.id }) }, { onSuccess })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={reply ? t('changeTitle', { shortcut: reply.shortcut }) : t('addTitle')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t(reply ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('shortcut')}
        hint={t('shortcutHint')}
        error={shortcut !== '' && !SHORTCUT.test(shortcut) ? t('shortcutBad') : undefined}
        value={wish.shortcut}
        maxLength={41}
        autoFocus
        dir="auto"
        onChange={(event) => set({ shortcut: event.target.value })}
      />
      <TextField
        label={t('titleLabel')}
        value={wish.title}
        maxLength={120}
        dir="auto"
        onChange={(event) => set({ title: event.target.value })}
      />
      <Body body={wish.body} unknown={unknown} onBody={(body) => set({ body })} />
      <ForWhom shared={wish.shared} onShared={(shared) => set({ shared })} />
    </Dialog>
  )
}

type BodyProps = { body: string; unknown: string[]; onBody: (body: string) => void }

function Body({ body, unknown, onBody }: BodyProps) {
  const { t } = useTranslation('replies')
  const { member, workspace } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? body.length
    onBody(`${body.slice(0, at)}{{${name}}}${body.slice(at)}`)
  }
  const shown = fillVariables(body, {
    'contact.name': 'Margarethe Lindqvist',
    'contact.firstName': 'Margarethe',
    'operator.name': member.name,
    'operator.firstName': member.name.split(' ')[0] ?? member.name,
    'workspace.name': workspace.name,
  }).text
  return (
    <>
      <TextArea
        ref={field}
        label={t('body')}
        hint={t('bodyHint')}
        error={unknown.length > 0 ? t('unknown', { names: unknown.join(', ') }) : undefined}
        className="reply-body"
        value={body}
        maxLength={8000}
        dir="auto"
        onChange={(event) => onBody(event.target.value)}
      />
      <div className="row g3">
        <Menu
          trigger={
            <Button size="sm" icon={Braces}>
              {t('insert')}
            </Button>
          }
        >
          {REPLY_VARIABLES.map((name) => (
            <MenuItem key={name} onSelect={() => insert(name)}>
              {t(`variable.${name}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {body.includes('{{') && unknown.length === 0 && (
        <p className="small t3" dir="auto">
          <span className="strong">{t('preview')}</span> {shown}
        </p>
      )}
    </>
  )
}
