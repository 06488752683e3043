/** The box of a trial: Enter says it, the arrow up takes the last one back. */
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import type { Talk } from './use-talk.ts'

export function SayBox({ talk, onSay }: { talk: Talk; onSay: (text: string) => void }) {
  const { t } = useTranslation('trials')
  const [text, setText] = useState('')
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '' || talk.busy) return
    onSay(text.trim())
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    } else if (event.key === 'ArrowUp' && text === '' && talk.turns.length > 0) {
      event.preventDefault()
      setText(talk.takeBack())
    }
  }
  return (
    <form className="saybox" onSubmit={submit}>
      <textarea
        className="textarea"
        rows={2}
        maxLength={4000}
        aria-label={t('say')}
        placeholder={t('sayHere')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="row">
        <span className="grow" />
        <span className="small t3 hide-s">
          <Kbd keys="↑" /> {t('editLast')}
        </span>
        {talk.busy ? (
          <Button onClick={talk.stop}>{t('stop')}</Button>
        ) : (
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            {t('send')}
          </Button>
        )}
      </div>
    </form>
  )
}
