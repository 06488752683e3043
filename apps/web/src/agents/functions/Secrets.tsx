/** Secrets that functions send: stored for one host, never shown again. */
import { call } from '@earshot/client'
import { deleteAgentSecret, putAgentSecret } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { PasswordField, TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { secretsQuery } from './queries.ts'

export function Secrets({ agentId }: { agentId: string }) {
  const mayChange = useMay('admin')
  return mayChange ? <StoredSecrets agentId={agentId} /> : null
}

function StoredSecrets({ agentId }: { agentId: string }) {
  const { t } = useTranslation('functions')
  const { data: secrets = [] } = useQuery(secretsQuery(agentId))
  const queries = useQueryClient()
  const forget = useMutation({
    mutationFn: (name: string) => call(deleteAgentSecret, { params: { id: agentId, name } }),
    onSuccess: (_, name) => {
      void queries.invalidateQueries({ queryKey: secretsQuery(agentId).queryKey })
      toast.done(t('secrets.forgotten', { name }))
    },
    onError: tellProblem,
  })
  return (
    <>
      <h3 className="fn-head">{t('secrets.title')}</h3>
      <div className="fn-secrets">
        <p className="small t3">{t('secrets.text')}</p>
        {secrets.length === 0 && <p className="small t3">{t('secrets.none')}</p>}
        {secrets.length > 0 && (
          <div className="lbox">
            {secrets.map(({ name, host, by }) => (
              <div className="lrow" key={name}>
                <div className="grow">
                  <div className="mono tr">{name}</div>
                  <div className="small t3 tr">
                    {by ? t('secrets.by', { host, by }) : t('secrets.byNobody', { host })}
                  </div>
                </div>
                <IconButton
                  size="sm"
                  icon={Trash2}
                  label={t('secrets.forget', { name })}
                  disabled={forget.isPending}
                  onClick={() => forget.mutate(name)}
                />
              </div>
            ))}
          </div>
        )}
        <NewSecret agentId={agentId} />
      </div>
    </>
  )
}

const EMPTY = { name: '', value: '', host: '' }

function NewSecret({ agentId }: { agentId: string }) {
  const { t } = useTranslation('functions')
  const [typed, setTyped] = useState(EMPTY)
  const queries = useQueryClient()
  const store = useMutation({
    mutationFn: ({ name, value, host }: typeof EMPTY) =>
      call(putAgentSecret, { params: { id: agentId, name }, body: { value, host } }),
    onSuccess: ({ name }) => {
      void queries.invalidateQueries({ queryKey: secretsQuery(agentId).queryKey })
      setTyped(EMPTY)
      toast.done(t('secrets.stored', { name }))
    },
    onError: tellProblem,
  })
  const isName = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(typed.name)
  const isHost = /^[a-z0-9.-]+(?::\d{1,5})?$/.test(typed.host)
  return (
    <>
      <div className="three">
        <TextField
          label={t('secrets.name')}
          className="mono"
          dir="ltr"
          maxLength={63}
          spellCheck={false}
          value={typed.name}
          error={typed.name !== '' && !isName ? t('secrets.nameWrong') : undefined}
          onChange={(event) => setTyped({ ...typed, name: event.target.value })}
        />
        <PasswordField
          label={t('secrets.value')}
          autoComplete="off"
          dir="ltr"
          maxLength={2000}
          value={typed.value}
          onChange={(event) => setTyped({ ...typed, value: event.target.value })}
        />
        <TextField
          label={t('secrets.host')}
          hint={t('secrets.hostHint')}
          dir="ltr"
          maxLength={255}
          spellCheck={false}
          value={typed.host}
          onChange={(event) => setTyped({ ...typed, host: event.target.value.trim().toLowerCase() })}
        />
      </div>
      <Button
        busy={store.isPending}
        disabled={!isName || !isHost || typed.value.length < 4}
        onClick={() => store.mutate(typed)}
      >
        {t('secrets.store')}
      </Button>
    </>
  )
}
