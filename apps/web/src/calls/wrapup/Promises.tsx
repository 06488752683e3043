/** What was promised on the call: found in what was said, or added; ticked when it is done. */
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { briefQuery, useWriteBrief } from '../../brief/brief-query.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import type { Promised } from './use-save-wrap-up.ts'

type Props = { conversationId: string; promises: Promised[]; onChange: (promises: Promised[]) => void }

export function Promises({ conversationId, promises, onChange }: Props) {
  const { t } = useTranslation('wrapUp')
  const [text, setText] = useState('')
  useFound(conversationId, promises, onChange)
  const set = (at: number, done: boolean) => onChange(promises.map((one, i) => (i === at ? { ...one, done } : one)))
  const add = () => {
    const said = text.trim()
    if (said === '' || promises.some((one) => one.text === said)) return
    onChange([...promises, { text: said, done: false }])
    setText('')
  }
  return (
    <fieldset className="field wrapup-promises">
      <legend className="lab">{t('promised')}</legend>
      {promises.length === 0 && <span className="hint">{t('promisedNone')}</span>}
      {promises.length > 0 && (
        <div className="lbox">
          {promises.map((one, i) => (
            <div className="lrow" key={one.text}>
              <label className="row grow">
                <input
                  type="checkbox"
                  className="check"
                  checked={one.done}
                  onChange={(event) => set(i, event.target.checked)}
                />
                <span dir="auto">{one.text}</span>
              </label>
              <IconButton
                size="sm"
                icon={X}
                label={t('remove', { text: one.text })}
                onClick={() => onChange(promises.filter((_, at) => at !== i))}
              />
            </div>
          ))}
        </div>
      )}
      <div className="row">
        <input
          className="input grow"
          aria-label={t('add')}
          placeholder={t('add')}
          maxLength={400}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button size="sm" icon={Plus} onClick={add}>
          {t('addVerb')}
        </Button>
      </div>
      {promises.length > 0 && <span className="hint">{t('promisedHint')}</span>}
    </fieldset>
  )
}

/** The brief is written once more, now that all is said; what it found is put in, once. */
function useFound(conversationId: string, promises: Promised[], onChange: Props['onChange']): void {
  const write = useWriteBrief(conversationId)
  const { data: brief } = useQuery(briefQuery(conversationId))
  const asked = useRef(false)
  const taken = useRef(false)
  const { mutate, data: written } = write
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    mutate()
  }, [mutate])
  const found = written ?? (write.isError ? brief : undefined)
  useEffect(() => {
    if (!found || taken.current) return
    taken.current = true
    const known = new Set(promises.map(({ text }) => text))
    const fresh = found.promised.filter(({ text }) => !known.has(text))
    if (fresh.length > 0) onChange([...promises, ...fresh.map(({ text }) => ({ text, done: false }))])
  }, [found, promises, onChange])
}
