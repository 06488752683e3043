/** The functions every agent could have: looking up, remembering and calling a person are on unless switched off; the others ask for it. */
import type { AgentFunction } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Choice.tsx'

type BuiltIn = Extract<AgentFunction, { kind: 'builtin' }>

const ALL = [
  'search_knowledge',
  'remember',
  'hand_off',
  'tag',
  'set_stage',
  'schedule_follow_up',
  'end_conversation',
] as const
const ON_BY_ITSELF = new Set<BuiltIn['builtin']>(['search_knowledge', 'remember', 'hand_off'])

type Props = { functions: readonly AgentFunction[]; onChange: (functions: AgentFunction[]) => void }

export function BuiltIns({ functions, onChange }: Props) {
  const { t } = useTranslation('functions')
  const entryOf = (builtin: BuiltIn['builtin']) =>
    functions.find((one): one is BuiltIn => one.kind === 'builtin' && one.builtin === builtin)
  const turn = (builtin: BuiltIn['builtin'], on: boolean) => {
    const entry = entryOf(builtin)
    if (entry) return onChange(functions.map((one) => (one === entry ? { ...entry, on } : one)))
    const id = crypto.randomUUID()
    onChange([...functions, { id, kind: 'builtin', name: builtin, builtin, description: '', on }])
  }
  return (
    <div className="lbox">
      {ALL.map((builtin) => (
        <div className="lrow" key={builtin}>
          <div className="grow">
            <div className="strong tr">{t(`builtin.${builtin}.name`)}</div>
            <div className="small t3">{t(`builtin.${builtin}.text`)}</div>
          </div>
          <Switch
            label={t(`builtin.${builtin}.name`)}
            checked={entryOf(builtin)?.on ?? ON_BY_ITSELF.has(builtin)}
            onChange={(on) => turn(builtin, on)}
          />
        </div>
      ))}
    </div>
  )
}
