/** Settings → Replies and macros: what one keeps for oneself, and what all have. */
import '../../replies/texts.ts'
import '../../styles/replies.css'
import type { CannedReply, Macro } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { macrosQuery, repliesQuery } from '../../replies/queries.ts'
import { useStepWords } from '../../replies/step-words.ts'
import { ranked } from '../../replies/typed-mark.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { KeptRow } from './KeptRow.tsx'
import { MacroDialog } from './MacroDialog.tsx'
import { RemoveKept } from './RemoveKept.tsx'
import { ReplyDialog } from './ReplyDialog.tsx'

type Asked =
  | { what: 'reply'; reply?: CannedReply }
  | { what: 'macro'; macro?: Macro }
  | { what: 'remove'; kind: 'reply' | 'macro'; id: string; name: string }
  | null

export function RepliesScreen() {
  const { t } = useTranslation('replies')
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  const may = useMay('operator')
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        may && (
          <Button variant="primary" icon={Plus} onClick={() => setAsked({ what: 'reply' })}>
            {t('add')}
          </Button>
        )
      }
    >
      <Replies onAsk={setAsked} />
      <Macros onAsk={setAsked} />
      {asked?.what === 'reply' && <ReplyDialog reply={asked.reply} onDone={done} />}
      {asked?.what === 'macro' && <MacroDialog macro={asked.macro} onDone={done} />}
      {asked?.what === 'remove' && <RemoveKept {...asked} onDone={done} />}
    </SettingsPage>
  )
}

type Ask = { onAsk: (asked: Asked) => void }

function Replies({ onAsk }: Ask) {
  const { t } = useTranslation('replies')
  const [typed, setTyped] = useState('')
  const replies = useQuery(repliesQuery)
  return (
    <>
      <div className="tag-find">
        <TextField label={t('find')} value={typed} dir="auto" onChange={(event) => setTyped(event.target.value)} />
      </div>
      <Loaded query={replies} rows={4}>
        {(items) => {
          const found = ranked(items, typed, ({ shortcut, title, body }) => [shortcut, title, body])
          if (found.length === 0) {
            const none = typed.trim() === ''
            return (
              <EmptyState art="book" title={t(none ? 'none' : 'nothing')} text={t(none ? 'noneText' : 'nothingText')} />
            )
          }
          return (
            <ul className="lbox" aria-label={t('slash.label')}>
              {found.map((reply) => (
                <KeptRow
                  key={reply.id}
                  kept={reply}
                  name={`/${reply.shortcut}`}
                  onChange={() => onAsk({ what: 'reply', reply })}
                  onRemove={() => onAsk({ what: 'remove', kind: 'reply', id: reply.id, name: `/${reply.shortcut}` })}
                >
                  <span className="mono small">/{reply.shortcut}</span>
                  <span className="grow tr">
                    <span className="strong" dir="auto">
                      {reply.title}
                    </span>{' '}
                    <span className="small t3" dir="auto">
                      {reply.body}
                    </span>
                  </span>
                </KeptRow>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </>
  )
}

function Macros({ onAsk }: Ask) {
  const { t } = useTranslation('replies')
  const macros = useQuery(macrosQuery)
  const say = useStepWords()
  const may = useMay('operator')
  return (
    <section className="stage-box kept-macros">
      <h2 className="row g3">
        <span className="strong">{t('macro.title')}</span>
        <span className="small t3 grow">{t('macro.lead')}</span>
        {may && (
          <Button size="sm" icon={Plus} onClick={() => onAsk({ what: 'macro' })}>
            {t('macro.add')}
          </Button>
        )}
      </h2>
      <Loaded query={macros} rows={2}>
        {(items) => (
          <ul className="lbox" aria-label={t('macro.title')}>
            {items.map((macro) => (
              <KeptRow
                key={macro.id}
                kept={macro}
                name={macro.name}
                onChange={() => onAsk({ what: 'macro', macro })}
                onRemove={() => onAsk({ what: 'remove', kind: 'macro', id: macro.id, name: macro.name })}
              >
                <span className="grow tr">
                  <span className="strong" dir="auto">
                    {macro.name}
                  </span>{' '}
                  <span className="small t3">{macro.steps.map(say).join(' · ')}</span>
                </span>
                {macro.digit !== null && <Kbd keys={t('macro.keyIs', { digit: macro.digit })} />}
              </KeptRow>
            ))}
            {items.length === 0 && <li className="lrow t3">{t('macro.noneText')}</li>}
          </ul>
        )}
      </Loaded>
    </section>
  )
}
