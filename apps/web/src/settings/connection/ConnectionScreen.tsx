/** Does what happens reach your screen at once? Each part is tested on its own, with the line that fixes it. */
import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useTranslation } from 'react-i18next'
import { LIVE_CLASS, useLiveWords } from '../../app/LiveIndicator.tsx'
import { liveStatus } from '../../app/live-status.ts'
import { useStore } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/Copy.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { LiveLegend } from './LiveLegend.tsx'
import { type Finding, type Findings, PARTS, type Part, worstOf } from './probes.ts'
import { useProbes } from './use-probes.ts'

export function ConnectionScreen() {
  const { t } = useTranslation('connection')
  const { findings, again, running } = useProbes()
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button variant="primary" icon={RefreshCw} busy={running} onClick={again}>
          {t('again')}
        </Button>
      }
    >
      <Summary findings={findings} running={running} />
      <ul className="lbox">
        {PARTS.map((part) => (
          <PartRow part={part} finding={findings[part]} key={part} />
        ))}
      </ul>
      <LiveLegend />
    </SettingsPage>
  )
}

function Summary({ findings, running }: { findings: Findings; running: boolean }) {
  const { t } = useTranslation('connection')
  const status = useStore(liveStatus)
  const words = useLiveWords()(status)
  const worst = worstOf(findings)
  const say = worst && findings[worst]?.say
  return (
    <div className="card row wrap conn-card" role="status">
      <span className={clsx('conn', LIVE_CLASS[status.state])}>
        <span className="d" />
        <span className="num">{words}</span>
      </span>
      <div className="grow">
        <div className="strong">
          {running ? t('running') : worst && say ? t('broken', { part: t(`parts.${worst}`) }) : t('allWell')}
        </div>
        <div className="small t2">{running ? t('runningText') : worst && say ? t(`say.${say}`) : t('allWellText')}</div>
      </div>
      {!running && <CopyButton text={report(findings)}>{t('copyReport')}</CopyButton>}
    </div>
  )
}

/** For whoever runs the server; English and plain on purpose. */
const report = (findings: Findings) =>
  [
    `Earshot connection test, ${new Date().toISOString()}, ${window.location.origin}`,
    ...PARTS.map((part) => {
      const { verdict, say, tookMs } = findings[part] ?? { verdict: 'skipped', say: 'untested', tookMs: null }
      return `${part}: ${verdict}, ${say}${tookMs === null ? '' : `, ${Math.round(tookMs)} ms`}`
    }),
  ].join('\n')

const LOOK = {
  ok: { icon: CircleCheck, tone: 'ok' },
  warn: { icon: TriangleAlert, tone: 'warn' },
  bad: { icon: CircleX, tone: 'bad' },
  skipped: { icon: CircleDashed, tone: 't3' },
}

function PartRow({ part, finding }: { part: Part; finding: Finding | undefined }) {
  const { t } = useTranslation('connection')
  const look = finding && LOOK[finding.verdict]
  const broken = finding?.verdict === 'bad'
  return (
    <li className="check2">
      <span className={look?.tone ?? 't3'}>{look ? <Icon of={look.icon} /> : <span className="spin" />}</span>
      <div>
        <div className="strong">{t(`parts.${part}`)}</div>
        <div className="small t3">
          {finding && finding.say !== 'fine' ? t(`say.${finding.say}`) : t(`tests.${part}`)}
        </div>
        {broken && finding.say === 'held' && <ProxyFix />}
      </div>
      <span className="small num t2 nowrap">
        {finding?.tookMs != null && t('milliseconds', { ms: Math.round(finding.tookMs) })}
        {finding && <span className="sr">{t(`verdicts.${finding.verdict}`)}</span>}
      </span>
    </li>
  )
}

const NGINX = `location /api/v1/live {
  proxy_buffering off;
  proxy_read_timeout 1h;
}`

function ProxyFix() {
  const { t } = useTranslation('connection')
  return (
    <>
      <pre className="json below" dir="ltr">
        {NGINX}
      </pre>
      <div className="row g3 below">
        <CopyButton text={NGINX} />
        <span className="small t3">{t('forNginx')}</span>
      </div>
    </>
  )
}
