/** What a draft would make of past conversations, beside what they have. */
import type { RubricPreview } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../../conversations/code-words.ts'

export function Preview({ preview }: { preview: RubricPreview }) {
  const { t } = useTranslation('rubric')
  const { looked, changed, mean, bands, notCounted, biggest } = preview
  if (looked === 0) return <p className="t3">{t('previewNone')}</p>
  const most = Math.max(1, ...bands.flatMap(({ before, after }) => [before, after]))
  const score = (value: number | null) => value ?? t('noScore')
  return (
    <div className="rubric-preview col gap">
      <p aria-live="polite">
        <span className="strong">{t('previewTitle', { count: looked })}</span>{' '}
        {changed === 0 ? t('unchanged') : t('changed', { count: changed })}. {t('mean')}: {score(mean.before)} →{' '}
        <span className="strong">{score(mean.after)}</span>
      </p>
      {notCounted.map(({ key, why }) => (
        <p className="small t3" key={key}>
          {t('notCounted', { part: codeWords('quality.part', key), why })}
        </p>
      ))}
      <table className="rubric-table" aria-label={t('bands')}>
        <thead>
          <tr>
            <th scope="col">{t('band')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {bands.map(({ from, to, before, after }) => (
            <tr key={from}>
              <th scope="row">{t('bandRange', { from, to })}</th>
              {[before, after].map((count, i) => (
                <Fragment key={i === 0 ? 'before' : 'after'}>
                  <td>
                    <span className="row g3">
                      <span className="num rubric-count">{count}</span>
                      <span className={`meter grow ${i === 0 ? 'was' : ''}`} aria-hidden>
                        <i style={{ width: `${(count / most) * 100}%` }} />
                      </span>
                    </span>
                  </td>
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {biggest.length > 0 && (
        <table className="rubric-table" aria-label={t('biggest')}>
          <thead>
            <tr>
              <th scope="col">{t('biggest')}</th>
              <th scope="col" className="num">
                {t('before')}
              </th>
              <th scope="col" className="num">
                {t('after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {biggest.map((one) => (
              <tr key={one.conversationId}>
                <td>
                  <Link className="link" to="/conversations/$id" params={{ id: one.conversationId }} dir="auto">
                    #{one.number} {one.title ?? one.contact}
                  </Link>
                </td>
                <td className="num">{score(one.before)}</td>
                <td className="num strong">{score(one.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
