/** Makes a copy of an agent under another name; keys and channels are not copied. */
import { call } from '@earshot/client'
import { type Agent, duplicateAgent } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { agentsQuery } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'

type Props = { agent: Agent; open: boolean; onOpenChange: (open: boolean) => void }

export function DuplicateAgent({ agent, open, onOpenChange }: Props) {
  const { t } = useTranslation(['agents', 'common'])
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? t('agents:duplicate.name', { name: agent.name }).slice(0, 100)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const copy = useMutation({
    mutationFn: () => call(duplicateAgent, { params: { id: agent.id }, body: { name: name.trim() } }),
    async onSuccess({ id }) {
      await queries.invalidateQueries({ queryKey: agentsQuery.queryKey, exact: true })
      onOpenChange(false)
      setTyped(null)
      await navigate({ to: '/agents/$id', params: { id } })
    },
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('agents:duplicate.title', { name: agent.name })}
      description={t('agents:duplicate.text')}
      onSubmit={() => name.trim() !== '' && copy.mutate()}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={copy.isPending} disabled={name.trim() === ''}>
            {t('agents:duplicate.verb')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('agents:name')}
        maxLength={100}
        value={name}
        error={copy.error ? problemText(copy.error) : undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
    </Dialog>
  )
}
