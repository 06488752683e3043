/** Settings → Stages: the pipeline by category; names, order and colours are the workspace's own. */
import type { Stage } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { stagesQuery } from '../../conversations/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { DeleteStage } from './DeleteStage.tsx'
import { StageDialog } from './StageDialog.tsx'
import { StageRow } from './StageRow.tsx'
import { type Category, stageCountsQuery, useStageCommands } from './use-stages.ts'

const CATEGORIES: readonly Category[] = ['open', 'waiting', 'won', 'lost', 'ignored']
type Asked = { what: 'add'; category: Category } | { what: 'change' | 'delete'; stage: Stage } | null

export function StagesScreen() {
  const { t } = useTranslation('stages')
  const may = useMay('admin')
  const stages = useQuery(stagesQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        may && (
          <Button variant="primary" icon={Plus} onClick={() => setAsked({ what: 'add', category: 'open' })}>
            {t('add')}
          </Button>
        )
      }
    >
      <Loaded query={stages} rows={6}>
        {(items) => (
          <>
            {CATEGORIES.map((category) => (
              <CategoryBox category={category} stages={items} key={category} onAsk={setAsked} />
            ))}
            {asked?.what === 'delete' && <DeleteStage stage={asked.stage} stages={items} onDone={done} />}
          </>
        )}
      </Loaded>
      <p className="small t3 below">{t('suggests')}</p>
      {asked?.what === 'add' && <StageDialog category={asked.category} onDone={done} />}
      {asked?.what === 'change' && <StageDialog stage={asked.stage} category={asked.stage.category} onDone={done} />}
    </SettingsPage>
  )
}

type BoxProps = { category: Category; stages: readonly Stage[]; onAsk: (asked: Asked) => void }

function CategoryBox({ category, stages, onAsk }: BoxProps) {
  const { t } = useTranslation('stages')
  const may = useMay('admin')
  const { data: counts } = useQuery(stageCountsQuery)
  const { order } = useStageCommands()
  const own = stages.filter((stage) => stage.category === category)
  return (
    <section className="stage-box">
      <h2 className="row g3">
        <span className="strong">{t(`category.${category}`)}</span>
        <span className="small t3">{t(`means.${category}`)}</span>
      </h2>
      <ul className="lbox">
        {own.map((stage, i) => (
          <StageRow
            stage={stage}
            count={counts ? (counts[stage.key] ?? 0) : null}
            before={own[i - 1]}
            after={own[i + 1]}
            key={stage.key}
            onMove={(other) => order.mutate(swapped(stages, stage.key, other.key))}
            onChange={() => onAsk({ what: 'change', stage })}
            onDelete={() => onAsk({ what: 'delete', stage })}
          />
        ))}
        {own.length === 0 && (
          <li className="lrow">
            <span className="grow t3">{t(category === 'won' ? 'noneWon' : 'none')}</span>
            {may && (
              <Button size="sm" onClick={() => onAsk({ what: 'add', category })}>
                {t('add')}
              </Button>
            )}
          </li>
        )}
      </ul>
    </section>
  )
}

function swapped(stages: readonly Stage[], one: string, other: string): Stage[] {
  const [a, b] = [stages.findIndex(({ key }) => key === one), stages.findIndex(({ key }) => key === other)]
  const next = [...stages]
  const [first, second] = [next[a], next[b]]
  if (!first || !second) return next
  next[a] = second
  next[b] = first
  return next
}
