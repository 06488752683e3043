/** What the agent still tries to learn in a conversation: the fields that nothing fills yet, each with the way to fill it by hand. */
import type { JsonValue } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { configQuery } from '../edit/queries.ts'
import './texts.ts'

type Props = { agentId: string; known: Record<string, JsonValue>; onFill: (key: string) => void }

export function MissingFields({ agentId, known, onFill }: Props) {
  const { t } = useTranslation('memoryFields')
  const { data } = useQuery(configQuery(agentId))
  const missing = (data?.config.memoryFields ?? [])
    .filter(({ on, key }) => on && !Object.hasOwn(known, key))
    .sort((a, b) => Number(b.required) - Number(a.required))
  return missing.map(({ key, name, required }) => (
    <div className="memc" key={key}>
      <div className="row g1">
        <span className="k grow">{key}</span>
        <IconButton size="sm" label={t('fill', { name })} icon={Pencil} onClick={() => onFill(key)} />
      </div>
      <div className="v none">{required ? t('askedFor') : t('notKnown')}</div>
    </div>
  ))
}
