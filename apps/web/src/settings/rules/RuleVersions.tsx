/** The versions of an own flag; an earlier one can be taken into the editor again. */
import type { FlagRule } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { ruleVersionsQuery } from './use-rules.ts'

type Props = { rule: FlagRule; onDone: () => void; onTake: (rule: FlagRule) => void }

export function RuleVersions({ rule, onDone, onTake }: Props) {
  const { t } = useTranslation('rules')
  const may = useMay('admin')
  const versions = useQuery(ruleVersionsQuery(rule.id))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('versionsTitle', { name: rule.name })}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('close')}</Button>
        </>
      }
    >
      <Loaded query={versions} rows={2}>
        {(items) => (
          <ul className="lbox">
            {items.map(({ version, by, at, name, severity, about, rule: content }) => (
              <li className="lrow" key={version}>
                <span className="grow tr">
                  <span className="strong">{t('version', { version })}</span>{' '}
                  <span className="small t3" dir="auto">
                    {name} · {by} · <RelativeTime at={at} />
                  </span>
                </span>
                {may && version !== rule.version && (
                  <Button size="sm" onClick={() => onTake({ ...rule, name, severity, about, rule: content })}>
                    {t('restore')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  )
}
