/** What each role may do, as the endpoints hold it. */
import './texts.ts'
import { ROLES, type Role } from '@earshot/contracts'
import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'
import { useTranslation } from 'react-i18next'
import { atLeast } from '../app/session.ts'
import { Icon } from '../ui/Icon.tsx'

/** The least role of each. */
const RIGHTS = [
  ['read', 'viewer'],
  ['answer', 'operator'],
  ['reviews', 'operator'],
  ['knowledge', 'supervisor'],
  ['remove', 'supervisor'],
  ['agents', 'admin'],
  ['people', 'admin'],
  ['owners', 'owner'],
] as const satisfies readonly (readonly [string, Role])[]

const COLUMNS = [...ROLES].reverse()

export function RightsMatrix({ title }: { title: string }) {
  const { t } = useTranslation(['invitations', 'shell'])
  return (
    <>
      <h2 className="title section">{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard too */}
      <section className="rights" aria-label={title} tabIndex={0}>
        <table className="rights-table">
          <thead>
            <tr>
              <th scope="col">{t('invitations:matrix.may')}</th>
              {COLUMNS.map((role) => (
                <th scope="col" key={role}>
                  {t(`shell:roles.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {RIGHTS.map(([right, least]) => (
              <tr key={right}>
                <th scope="row">{t(`invitations:matrix.${right}`)}</th>
                {COLUMNS.map((role) => (
                  <td key={role}>
                    <Mark may={atLeast(role, least)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function Mark({ may }: { may: boolean }) {
  const { t } = useTranslation('invitations')
  return (
    <>
      <Icon of={may ? Check : Minus} size="s" className={may ? 'ok' : 't3'} />
      <span className="sr">{t(may ? 'matrix.yes' : 'matrix.no')}</span>
    </>
  )
}
