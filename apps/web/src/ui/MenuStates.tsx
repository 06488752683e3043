/** States of which one holds, inside a menu: each with a mark, a title and a line on what it means. */
import { Menu as Base } from '@base-ui/react/menu'
import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'

type State<V extends string> = { value: V; title: ReactNode; text: ReactNode; mark: ReactNode; keys: string }
type Props<V extends string> = { value: V; onChange: (value: V) => void; choices: readonly State<V>[] }

export function MenuStates<V extends string>({ value, onChange, choices }: Props<V>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: V) => onChange(next)}>
      {choices.map((choice) => (
        <Base.RadioItem className="mi two-line" key={choice.value} value={choice.value} closeOnClick>
          {choice.mark}
          <span className="grow">
            <span className="strong mi-title">{choice.title}</span>
            <span className="small t3">{choice.text}</span>
          </span>
          <Base.RadioItemIndicator render={<Icon of={Check} size="s" />} />
          <Kbd keys={choice.keys} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
