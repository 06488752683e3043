/** The versions of an agent: who saved what and when, any two compared, and the way back to an earlier one. */
import { Dialog } from '@base-ui/react/dialog'
import { call } from '@earshot/client'
import { type AgentVersion, restoreAgentVersion } from '@earshot/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { tellProblem } from '../../app/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { configQuery, versionsQuery } from '../edit/queries.ts'
import { Differences } from './Differences.tsx'
import { sectionName } from './names.ts'

type Props = {
  agentId: string
  current: number
  open: boolean
  onOpenChange: (open: boolean) => void
  mayRestore: boolean
  unsaved: boolean
}

export function VersionsDrawer({ open, onOpenChange, ...rest }: Props) {
  const { t } = useTranslation(['agents', 'common'])
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="drawer history">
          <div className="bar">
            <Dialog.Title className="title grow">{t('agents:version.history')}</Dialog.Title>
            <Dialog.Close render={<IconButton icon={X} label={t('common:close')} />} />
          </div>
          <div className="scroll grow">
            <Versions {...rest} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Versions({ agentId, current, mayRestore, unsaved }: Omit<Props, 'open' | 'onOpenChange'>) {
  const { t } = useTranslation('agents')
  const versions = useInfiniteQuery(versionsQuery(agentId))
  const [shown, setShown] = useState<number | null>(null)
  return (
    <Loaded query={versions}>
      {({ pages }) => (
        <>
          <ol className="versions">
            {pages
              .flatMap(({ items }) => items)
              .map((version) => (
                <li key={version.version}>
                  <Line
                    version={version}
                    isCurrent={version.version === current}
                    open={shown === version.version}
                    onOpen={() => setShown(shown === version.version ? null : version.version)}
                  />
                  {shown === version.version && (
                    <Compared
                      agentId={agentId}
                      version={version.version}
                      current={current}
                      mayRestore={mayRestore}
                      unsaved={unsaved}
                    />
                  )}
                </li>
              ))}
          </ol>
          {versions.hasNextPage && (
            <Button variant="quiet" busy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
              {t('version.earlier')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

type LineProps = { version: AgentVersion; isCurrent: boolean; open: boolean; onOpen: () => void }

function Line({ version, isCurrent, open, onOpen }: LineProps) {
  const { t } = useTranslation('agents')
  const { sections, restoredFrom, note, by } = version
  const what = restoredFrom
    ? t('version.restoredFrom', { version: restoredFrom })
    : note || sections.map((section) => sectionName(t, section)).join(', ') || t('version.first')
  return (
    <button type="button" className="version" aria-expanded={open} onClick={onOpen}>
      <span className="row">
        <span className="strong num">{t('version.name', { version: version.version })}</span>
        {isCurrent && <Badge tone="ok">{t('version.inForce')}</Badge>}
        <span className="grow" />
        <span className="small t3">
          <RelativeTime at={version.at} />
        </span>
      </span>
      <span className="small t2 tr block">{what}</span>
      <span className="small t3 tr block">{by || t('version.system')}</span>
    </button>
  )
}

/** One version against the one in force; the one in force against the one before it. */
function Compared({
  agentId,
  version,
  current,
  mayRestore,
  unsaved,
}: Pick<Props, 'agentId' | 'current' | 'mayRestore' | 'unsaved'> & { version: number }) {
  const { t } = useTranslation('agents')
  const restore = useRestore(agentId, version, current)
  const isCurrent = version === current
  if (isCurrent && version === 1) return <p className="version-body small t3">{t('version.first')}</p>
  return (
    <div className="version-body">
      <p className="small t3">
        {isCurrent ? t('version.comparedBefore') : t('version.compared', { from: version, to: current })}
      </p>
      <Differences agentId={agentId} from={isCurrent ? version - 1 : version} to={current} />
      {mayRestore && !isCurrent && (
        <>
          {unsaved && <p className="small t3">{t('version.unsavedFirst')}</p>}
          <Button size="sm" busy={restore.isPending} disabled={unsaved} onClick={() => restore.mutate()}>
            {t('version.restore', { version })}
          </Button>
        </>
      )}
    </div>
  )
}

function useRestore(id: string, version: number, baseVersion: number) {
  const { t } = useTranslation('agents')
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => call(restoreAgentVersion, { params: { id, version }, body: { baseVersion } }),
    async onSuccess(document) {
      queries.setQueryData(configQuery(id).queryKey, document)
      toast.done(t('version.restored', { version }))
      await queries.invalidateQueries({ queryKey: ['agents'] })
    },
    onError: tellProblem,
  })
}
