/** The lines, with how their last test went; adding, changing, testing and removing them. */
import type { Line } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Network from 'lucide-react/icons/network'
import Phone from 'lucide-react/icons/phone'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { DeleteOne } from '../ListPage.tsx'
import { LineDialog } from './LineDialog.tsx'
import { type AskedOfLine, LineRow } from './LineRow.tsx'
import { LineTestDialog } from './LineTestDialog.tsx'
import { linesQuery, useLineCommands } from './use-voice.ts'

type Asked = AskedOfLine | { what: 'add'; kind: Line['kind'] } | null

/** The page of the first call leads here to add one of a kind. */
function askedByAddress(): Asked {
  const kind = (['twilio', 'sip'] as const).find((one) => location.hash === `#add-${one}`)
  return kind ? { what: 'add', kind } : null
}

export function LinesSection() {
  const { t } = useTranslation('voice')
  const lines = useQuery(linesQuery)
  const [asked, setAsked] = useState<Asked>(askedByAddress)
  const done = () => setAsked(null)
  /** What was saved is tried at once: the test says what is left to do at the carrier. */
  const saved = (line: Line) => setAsked({ what: 'test', id: line.id, isNew: true })
  return (
    <section aria-labelledby="voice-lines">
      <div className="row voice-head">
        <h2 className="title section grow" id="voice-lines">
          {t('lines')}
        </h2>
        <Menu
          align="end"
          trigger={
            <Button size="sm" icon={Plus}>
              {t('addLine')}
            </Button>
          }
        >
          <MenuItem icon={Phone} onSelect={() => setAsked({ what: 'add', kind: 'twilio' })}>
            {t('kind.twilio')}
          </MenuItem>
          <MenuItem icon={Network} onSelect={() => setAsked({ what: 'add', kind: 'sip' })}>
            {t('kind.sip')}
          </MenuItem>
        </Menu>
      </div>
      <Loaded query={lines} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="wave" title={t('noLines')} text={t('noLinesText')} />
          ) : (
            <ul className="lbox" aria-label={t('lines')}>
              {items.map((line) => (
                <LineRow key={line.id} line={line} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked?.what === 'add' && <LineDialog kind={asked.kind} onDone={done} onSaved={saved} />}
      {asked?.what === 'change' && (
        <LineDialog kind={asked.line.kind} line={asked.line} onDone={done} onSaved={saved} />
      )}
      {asked?.what === 'test' && <LineTestDialog id={asked.id} isNew={asked.isNew} onDone={done} />}
      {asked?.what === 'delete' && <DeleteLine line={asked.line} onDone={done} />}
    </section>
  )
}

function DeleteLine({ line: { id, name }, onDone }: { line: Line; onDone: () => void }) {
  const { t } = useTranslation('voice')
  const { remove } = useLineCommands()
  const words = {
    title: t('removeTitle', { name }),
    text: t('removeLineText'),
    verb: t('remove'),
    cancel: t('cancel'),
    done: t('removed', { name }),
  }
  return <DeleteOne id={id} remove={remove} words={words} onDone={onDone} />
}
