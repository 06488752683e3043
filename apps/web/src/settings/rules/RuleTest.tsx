/** A rule tried on past conversations: how many match, which, why, and which look as if they should not. */
import type { FlagRuleTest, Rule } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import FlaskConical from 'lucide-react/icons/flask-conical'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useRuleCommands } from './use-rules.ts'

export function RuleTest({ rule, whole }: { rule: Rule; whole: boolean }) {
  const { t } = useTranslation('rules')
  const { test } = useRuleCommands()
  return (
    <section className="rule-test" aria-live="polite" aria-busy={test.isPending}>
      <div>
        <Button size="sm" icon={FlaskConical} busy={test.isPending} disabled={!whole} onClick={() => test.mutate(rule)}>
          {t('test')}
        </Button>
      </div>
      {test.data && <Result result={test.data} />}
    </section>
  )
}

function Result({ result }: { result: FlagRuleTest }) {
  const { t } = useTranslation('rules')
  const { looked, matched, unknown, items } = result
  if (looked === 0) return <p className="small t3">{t('noneLooked')}</p>
  return (
    <>
      <p className="strong">{t('matched', { matched, looked })}</p>
      {matched === 0 && <p className="small t3">{t('noneMatched')}</p>}
      {unknown > 0 && <p className="small t3">{t('unknown', { count: unknown })}</p>}
      <ul className="rule-matches">
        {items.map((one) => (
          <li key={one.conversationId}>
            <span className="row g3 wrap">
              <Link className="link strong" to="/conversations/$id" params={{ id: one.conversationId }} dir="auto">
                #{one.number} {one.title ?? one.contact}
              </Link>
              <span className="small t3 num">
                {one.score === null ? t('noScore') : t('score', { score: one.score })}
              </span>
              {one.calm && (
                <Badge tone="warn">
                  <span title={t('calmHint')}>{t('calm')}</span>
                </Badge>
              )}
            </span>
            <span className="small t2" dir="auto">
              {one.because.join(' ')}
            </span>
            {one.evidence.slice(0, 2).map(
              ({ position, quote }) =>
                quote && (
                  <q className="small t3" key={position} dir="auto">
                    {quote}
                  </q>
                ),
            )}
          </li>
        ))}
      </ul>
      {matched > items.length && <p className="small t3">{t('firstShown', { count: items.length })}</p>}
    </>
  )
}
