/** Three numbers, one for each kind of channel. */
import type { Caps } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'

export const KINDS = ['chat', 'mail', 'voice'] as const
const MOST: Caps = { voice: 10, chat: 50, mail: 200 }

export const capsAreRight = (caps: Caps): boolean =>
  KINDS.every((kind) => Number.isInteger(caps[kind]) && caps[kind] >= 0 && caps[kind] <= MOST[kind])

export function CapsFields({ caps, onChange }: { caps: Caps; onChange: (caps: Caps) => void }) {
  const { t } = useTranslation('teams')
  return (
    <div className="three">
      {KINDS.map((kind) => (
        <TextField
          key={kind}
          label={t(`kind.${kind}`)}
          className="num"
          type="number"
          inputMode="numeric"
          min={0}
          max={MOST[kind]}
          value={Number.isNaN(caps[kind]) ? '' : caps[kind]}
          onChange={(event) => onChange({ ...caps, [kind]: event.target.valueAsNumber })}
        />
      ))}
    </div>
  )
}
