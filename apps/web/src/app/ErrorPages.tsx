/** What stands in the place of a screen that cannot be shown. */
import { ApiError } from '@earshot/client'
import { useQueryClient, useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '../ui/Button.tsx'
import { ErrorState } from '../ui/States.tsx'
import { problemDetails } from './problem.ts'
import { meQuery } from './session.ts'
import { useTitle } from './title.ts'

export function NotFoundPage({ error }: { error?: unknown }) {
  const { t } = useTranslation('shell')
  useTitle(t('error.notFound.title'))
  return (
    <ErrorState
      title={t('error.notFound.title')}
      text={t('error.notFound.text')}
      details={error === undefined ? `404 · ${window.location.pathname}` : problemDetails(error)}
      actions={
        <Link className={buttonClass({ variant: 'primary' })} to="/conversations">
          {t('error.notFound.all')}
        </Link>
      }
    />
  )
}

export function ForbiddenPage({ error }: { error?: unknown }) {
  const { t } = useTranslation('shell')
  const role = useQueryClient().getQueryData(meQuery.queryKey)?.member?.role ?? 'viewer'
  useTitle(t('error.forbidden.title'))
  return (
    <ErrorState
      title={t('error.forbidden.title')}
      text={t('error.forbidden.text', { role: t(`roles.${role}`) })}
      details={error === undefined ? undefined : problemDetails(error)}
      actions={
        <Link className={buttonClass({ variant: 'primary' })} to="/conversations">
          {t('error.forbidden.back')}
        </Link>
      }
    />
  )
}

/** The boundary of every route: says which of the three it is. */
export function RouteErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage error={error} />
  if (error instanceof ApiError && error.status === 403) return <ForbiddenPage error={error} />
  if (isOutdated(error)) return <OutdatedPage />
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return <BrokePage error={error} onRetry={retry} />
}

/** The same where there is no shell around it: the server did not even say who is asking. */
export function BareErrorPage(props: ErrorComponentProps) {
  return (
    <main className="bare">
      <RouteErrorPage {...props} />
    </main>
  )
}

function BrokePage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('shell')
  useTitle(t('error.broke.title'))
  return (
    <ErrorState
      shape="busy"
      title={t('error.broke.title')}
      text={t('error.broke.text')}
      details={problemDetails(error)}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            {t('error.broke.retry')}
          </Button>
          <Link className={buttonClass()} to="/settings/connection">
            {t('error.broke.connection')}
          </Link>
        </>
      }
    />
  )
}

/** After an update the old page asks for pieces that are no longer served. */
const isOutdated = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)

function OutdatedPage() {
  const { t } = useTranslation('shell')
  return (
    <ErrorState
      title={t('error.outdated.title')}
      text={t('error.outdated.text')}
      actions={
        <Button variant="primary" onClick={() => window.location.reload()}>
          {t('error.outdated.reload')}
        </Button>
      }
    />
  )
}

export function NoWorkspacePage({ email }: { email: string }) {
  const { t } = useTranslation('shell')
  useTitle(t('error.noWorkspace.title'))
  return (
    <main className="bare">
      <ErrorState
        title={t('error.noWorkspace.title')}
        text={t('error.noWorkspace.text', { email })}
        actions={
          <Button variant="primary" onClick={() => window.location.reload()}>
            {t('error.noWorkspace.reload')}
          </Button>
        }
      />
    </main>
  )
}
