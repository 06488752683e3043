/** People and departments that calls may be transferred to, whatever the countries. */
import type { VoiceContact } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { DeleteOne } from '../ListPage.tsx'
import { ContactDialog } from './ContactDialog.tsx'
import { useContactCommands, voiceContactsQuery } from './use-voice.ts'

type Asked = { what: 'add' } | { what: 'change' | 'delete'; contact: VoiceContact } | null

export function ContactsSection() {
  const { t } = useTranslation('voice')
  const contacts = useQuery(voiceContactsQuery)
  const may = useMay('admin')
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  return (
    <section aria-labelledby="voice-contacts">
      <div className="row voice-head">
        <h2 className="title section grow" id="voice-contacts">
          {t('contacts')}
        </h2>
        {may && (
          <Button size="sm" icon={Plus} onClick={() => setAsked({ what: 'add' })}>
            {t('addContact')}
          </Button>
        )}
      </div>
      <p className="t2 section-lead">{t('contactsLead')}</p>
      <Loaded query={contacts} rows={2}>
        {(items) =>
          items.length > 0 && (
            <ul className="lbox" aria-label={t('contacts')}>
              {items.map((contact) => (
                <Row key={contact.id} contact={contact} may={may} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked?.what === 'add' && <ContactDialog onDone={done} />}
      {asked?.what === 'change' && <ContactDialog contact={asked.contact} onDone={done} />}
      {asked?.what === 'delete' && <DeleteContact contact={asked.contact} onDone={done} />}
    </section>
  )
}

function Row({ contact, may, onAsk }: { contact: VoiceContact; may: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('voice')
  return (
    <li className="lrow">
      <span className="grow tr">
        <span className="strong" dir="auto">
          {contact.name}
        </span>
        <span className="sub block tr">
          <bdi>{contact.address.replace(/^sip:/, '')}</bdi>
          {contact.about && (
            <>
              {' · '}
              <bdi>{contact.about}</bdi>
            </>
          )}
        </span>
      </span>
      {may && (
        <Menu align="end" trigger={<IconButton size="sm" label={t('more', { name: contact.name })} icon={Ellipsis} />}>
          <MenuItem icon={Pencil} onSelect={() => onAsk({ what: 'change', contact })}>
            {t('change')}
          </MenuItem>
          <MenuItem icon={Trash2} bad onSelect={() => onAsk({ what: 'delete', contact })}>
            {t('remove')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}

function DeleteContact({ contact: { id, name }, onDone }: { contact: VoiceContact; onDone: () => void }) {
  const { t } = useTranslation('voice')
  const { remove } = useContactCommands()
  const words = {
    title: t('removeTitle', { name }),
    text: t('removeContactText'),
    verb: t('remove'),
    cancel: t('cancel'),
    done: t('removed', { name }),
  }
  return <DeleteOne id={id} remove={remove} words={words} onDone={onDone} />
}
