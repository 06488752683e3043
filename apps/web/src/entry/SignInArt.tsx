/** A whole conversation as one shape: the contact above the line, our side below, blue once a person helps. */
import { useTranslation } from 'react-i18next'
import { Contour, contourOf } from '../ui/Contour.tsx'

const TURNS = contourOf('signin-art', { length: 56, operatorFrom: 0.7, flag: 38 })

export function SignInArt() {
  const { t } = useTranslation('entry')
  return (
    <aside className="art" aria-hidden>
      <div className="shape">
        <Contour turns={TURNS} width={640} height={280} gap={5} />
        <div className="row g6 small t2 wrap legend">
          {(['contact', 'agent', 'operator'] as const).map((voice) => (
            <span className="row g3" key={voice}>
              <i className={`voice ${voice}`} />
              {t(`signIn.${voice}`)}
            </span>
          ))}
        </div>
        <p className="head">{t('signIn.claim')}</p>
      </div>
    </aside>
  )
}
