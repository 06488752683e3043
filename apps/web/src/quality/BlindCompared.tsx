/** The second review beside the first, now that it is in, and beside those of other people. */
import type { Compared } from '@earshot/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { NOTHING } from './figures.ts'
import { useValueWords } from './value-words.ts'

export function BlindCompared({ compared, next }: { compared: Compared; next: ReactNode }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  const { own, others, review } = compared
  const sheets = [own, ...others]
  return (
    <>
      <h2 className="head">{t('blind.compared')}</h2>
      <div className="aqscroll">
        <table className="aqt">
          <thead>
            <tr>
              <th scope="col">{t('blind.part')}</th>
              {sheets.map((sheet) => (
                <th scope="col" className="r" key={sheet.by.id}>
                  {sheet === own ? t('blind.yours') : (sheet.by.name ?? t('somebody'))}
                </th>
              ))}
              <th scope="col" className="r">
                {t('blind.review')}
              </th>
            </tr>
          </thead>
          <tbody>
            {review.quality.parts
              .filter((part) => part.applicable)
              .map((part) => (
                <tr className={own.points[part.key] === part.points ? undefined : 'differs'} key={part.key}>
                  <td>{codeWords('quality.part', part.key)}</td>
                  {sheets.map(({ by, points }) => (
                    <td className="r num" key={by.id}>
                      {points[part.key] ?? NOTHING}
                    </td>
                  ))}
                  <td className="r num">{part.points}</td>
                </tr>
              ))}
            <tr>
              <td>{t('blind.score')}</td>
              {sheets.map(({ by, score }) => (
                <td className="r num" key={by.id}>
                  {score ?? NOTHING}
                </td>
              ))}
              <td className="r num">{review.quality.score ?? NOTHING}</td>
            </tr>
            <tr>
              <td>{words.name('resolution', null)}</td>
              {sheets.map(({ by, resolution }) => (
                <td className="r" key={by.id}>
                  {words.value('resolution', resolution)}
                </td>
              ))}
              <td className="r">{words.value('resolution', review.resolution)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      {next}
    </>
  )
}
