/** Keys for other systems: what each may do, when it was last used; a new one is shown once. */
import { call, type ReplyOf } from '@earshot/client'
import { listApiKeys } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ForbiddenPage } from '../../app/ErrorPages.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/Copy.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Banner, EmptyState } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { NewApiKey } from './NewApiKey.tsx'
import { RevokeApiKey } from './RevokeApiKey.tsx'
import { scopeKey } from './scope-key.ts'

export type ApiKey = ReplyOf<typeof listApiKeys>['items'][number]
type Fresh = { name: string; secret: string }

export const ApiKeysScreen = () => (useMay('admin') ? <ApiKeys /> : <ForbiddenPage />)

function ApiKeys() {
  const { t } = useTranslation('settings')
  const [creating, setCreating] = useState(false)
  const [fresh, setFresh] = useState<Fresh | null>(null)
  return (
    <SettingsPage
      documentTitle={t('apiKeys.title')}
      title={t('apiKeys.title')}
      lead={t('apiKeys.lead')}
      actions={
        <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
          {t('apiKeys.new')}
        </Button>
      }
    >
      {fresh && <FreshKey {...fresh} />}
      <Keys onRevoked={() => setFresh(null)} />
      <p className="small t3 below">
        {t('apiKeys.reference')}{' '}
        <a className="link" href="/api/docs" target="_blank" rel="noopener">
          /api/docs
        </a>
      </p>
      <NewApiKey open={creating} onOpenChange={setCreating} onMade={setFresh} />
    </SettingsPage>
  )
}

/** It exists only in this moment: reloading the page forgets it. */
function FreshKey({ name, secret }: Fresh) {
  const { t } = useTranslation('settings')
  return (
    <div className="conn-card">
      <Banner tone="ok" icon={KeyRound} actions={<CopyButton text={secret} />}>
        {t('apiKeys.made', { name })}
        <br />
        <span className="mono" dir="ltr">
          {secret}
        </span>
      </Banner>
    </div>
  )
}

function Keys({ onRevoked }: { onRevoked: () => void }) {
  const { t } = useTranslation('settings')
  const keys = useQuery({
    queryKey: ['api-keys'],
    queryFn: async ({ signal }) => (await call(listApiKeys, { query: { limit: 200 }, signal })).items,
  })
  return (
    <Loaded query={keys} rows={2}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState art="book" title={t('apiKeys.none')} text={t('apiKeys.noneText')} />
        ) : (
          <ul className="lbox">
            {items.map((key) => (
              <KeyRow apiKey={key} key={key.id} onRevoked={onRevoked} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function KeyRow({ apiKey, onRevoked }: { apiKey: ApiKey; onRevoked: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <li className="lrow tall">
      <span className="grow">
        <span className="strong tr block" dir="auto">
          {apiKey.name}
        </span>
        <span className="sub block">
          {apiKey.scopes.map((scope) => t(`apiKeys.scope.${scopeKey(scope)}`)).join(', ')}
        </span>
      </span>
      <span className="mono t2 hide-s">{apiKey.start}…</span>
      <span className="small t3 num">
        {t('apiKeys.lastUsed')} {apiKey.lastUsedAt ? <RelativeTime at={apiKey.lastUsedAt} /> : t('apiKeys.notUsed')}
      </span>
      {apiKey.expiresAt && (
        <span className="small t3 num hide-s">
          {t('apiKeys.ends')} <RelativeTime at={apiKey.expiresAt} />
        </span>
      )}
      <RevokeApiKey apiKey={apiKey} onRevoked={onRevoked} />
    </li>
  )
}
