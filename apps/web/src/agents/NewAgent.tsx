/** Asks for the one thing an agent needs to exist: a name. */
import { call } from '@earshot/client'
import { createAgent } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { agentsQuery } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'

export function NewAgent({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['agents', 'common'])
  const [name, setName] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: () => call(createAgent, { body: { name: name.trim() } }),
    onSuccess: async (agent) => {
      await queries.invalidateQueries(agentsQuery)
      onOpenChange(false)
      setName('')
      await navigate({ to: '/agents/$id', params: { id: agent.id } })
    },
  })
  const submit = () => {
    if (name.trim() !== '') create.mutate()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('agents:create.title')}
      description={t('agents:create.text')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('agents:create.verb')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('agents:name')}
        maxLength={100}
        value={name}
        error={create.error ? problemText(create.error) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}
