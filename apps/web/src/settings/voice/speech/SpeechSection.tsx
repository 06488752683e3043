/** Settings → Voice → Speech: who writes down what callers say, who speaks, and a test that tells what really happened. */
import './texts.ts'
import type { SpeechDraft, SpeechSettings } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../../app/LeaveGuard.tsx'
import { Loaded } from '../../../app/Loaded.tsx'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/Toasts.tsx'
import { AccountFields } from './AccountFields.tsx'
import { ProviderFields } from './ProviderFields.tsx'
import { TestSpeech } from './TestSpeech.tsx'
import { speechQuery, useSaveSpeech } from './use-speech.ts'

export function SpeechSection() {
  const { t } = useTranslation('speech')
  const settings = useQuery(speechQuery)
  return (
    <section aria-labelledby="speech-title">
      <h2 className="title section" id="speech-title">
        {t('title')}
      </h2>
      <p className="t2 section-lead">{t('lead')}</p>
      <Loaded query={settings} rows={4}>
        {(data) => <Form settings={data} />}
      </Loaded>
    </section>
  )
}

type Wish = Required<SpeechDraft>

const wishOf = ({ recogniser, synthesizer, deepgram, openai }: SpeechSettings): Wish => ({
  recogniser,
  synthesizer,
  deepgram: { baseUrl: deepgram.baseUrl },
  openai: { baseUrl: openai.baseUrl },
})

function Form({ settings }: { settings: SpeechSettings }) {
  const { t } = useTranslation('speech')
  const [edited, setEdited] = useState<Wish | null>(null)
  const save = useSaveSpeech()
  const wish = edited ?? wishOf(settings)
  const change = (part: Partial<Wish>) => setEdited({ ...wish, ...part })
  const uses = (one: 'deepgram' | 'openai') => wish.recogniser.provider === one || wish.synthesizer.provider === one
  const onSuccess = () => {
    setEdited(null)
    toast.done(t('saved'))
  }
  return (
    <>
      <ProviderFields wish={wish} offline={settings.offline} onChange={change} />
      {/* A model that hears and speaks by itself uses this account too. */}
      {(['deepgram', 'openai'] as const)
        .filter((one) => one === 'openai' || uses(one) || settings[one].hasKey)
        .map((one) => (
          <AccountFields
            key={one}
            provider={one}
            account={wish[one]}
            hasKey={settings[one].hasKey}
            onChange={(account) => change({ [one]: account })}
          />
        ))}
      <div className="row g3 wrap">
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={edited === null}
          onClick={() => save.mutate(wish, { onSuccess })}
        >
          {t('save')}
        </Button>
        <TestSpeech disabled={edited !== null} />
      </div>
      <LeaveGuard changed={edited !== null} />
    </>
  )
}
