/** An agent that lives elsewhere: its address, the secret its requests are signed with, and a test that tells the truth. */
import './texts.ts'
import type { AgentConfig } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Choice.tsx'
import { TextField } from '../../ui/Field.tsx'
import { NumberField } from '../edit/NumberField.tsx'
import { Section } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/section-props.ts'
import { isAddress } from './is-address.ts'
import { SigningSecret } from './SigningSecret.tsx'
import { TestAddress } from './TestAddress.tsx'

type External = NonNullable<AgentConfig['external']>

const FIRST: External = { url: 'https://', timeoutMs: 30_000, retries: 2 }

export function ExternalSection({ agentId, draft }: SectionProps) {
  const { t } = useTranslation('external')
  const { external } = draft.config
  return (
    <Section name="external" title={t('title')} text={t('text')}>
      <div className="row">
        <div className="grow">
          <div className="strong">{t('on')}</div>
          <div className="small t3">{t('onText')}</div>
        </div>
        <Switch
          label={t('on')}
          checked={external !== null}
          onChange={(on) => draft.change({ external: on ? FIRST : null })}
        />
      </div>
      {external && (
        <>
          <Fields external={external} onChange={(fields) => draft.change({ external: { ...external, ...fields } })} />
          <SigningSecret agentId={agentId} />
          <TestAddress agentId={agentId} url={external.url} />
        </>
      )}
    </Section>
  )
}

function Fields({ external, onChange }: { external: External; onChange: (fields: Partial<External>) => void }) {
  const { t } = useTranslation('external')
  return (
    <div className="two">
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={500}
        value={external.url}
        error={external.url === FIRST.url || isAddress(external.url) ? undefined : t('urlWrong')}
        onChange={(event) => onChange({ url: event.target.value.trim() })}
      />
      <NumberField
        label={t('timeout')}
        value={external.timeoutMs / 1000}
        min={1}
        max={120}
        whole
        onChange={(seconds) => seconds !== null && onChange({ timeoutMs: seconds * 1000 })}
      />
      <NumberField
        label={t('retries')}
        hint={t('retriesHint')}
        value={external.retries}
        min={0}
        max={5}
        whole
        onChange={(retries) => retries !== null && onChange({ retries })}
      />
    </div>
  )
}
