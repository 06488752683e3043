/** Words and phrases, one a line: held as a list, typed as text. */
import { type ReactNode, useState } from 'react'
import { TextArea } from '../../ui/Field.tsx'

type Props = {
  label: string
  hint?: ReactNode
  placeholder?: string
  value: readonly string[]
  onChange: (words: string[]) => void
  rows?: number
  most?: number
}

export function WordsField({ label, hint, placeholder, value, onChange, rows = 3, most = 50 }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextArea
      label={label}
      hint={hint}
      placeholder={placeholder}
      rows={rows}
      dir="auto"
      value={typed ?? value.join('\n')}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(wordsOf(event.target.value, most))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

export const wordsOf = (text: string, most: number): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().slice(0, 100))
      .filter(Boolean)
      .slice(0, most),
  ),
]
