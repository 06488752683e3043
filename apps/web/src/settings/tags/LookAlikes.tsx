/** What may be one tag written twice, with the way to make it one; who keeps both is not asked again in this browser. */
import type { TagCount } from '@earshot/contracts'
import Merge from 'lucide-react/icons/merge'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { findLookAlikes, type LookAlike } from './look-alike.ts'
import { useChangeTag } from './use-tags.ts'

const SHOWN = 3
const KEPT = 'earshot.tags.kept'

export function LookAlikes({ tags }: { tags: readonly TagCount[] }) {
  const { t } = useTranslation('tags')
  const [kept, setKept] = useState(readKept)
  const [asked, setAsked] = useState<LookAlike | null>(null)
  const change = useChangeTag()
  if (!useMay('supervisor')) return null
  const open = findLookAlikes(tags).filter((pair) => !kept.includes(nameOf(pair)))
  const keep = (pair: LookAlike) => {
    const all = [...kept, nameOf(pair)]
    localStorage.setItem(KEPT, JSON.stringify(all.slice(-500)))
    setKept(all)
  }
  const done = () => setAsked(null)
  return (
    <>
      {open.slice(0, SHOWN).map((pair) => (
        <section className="lbox" key={nameOf(pair)} aria-label={t('alike.title', namesOf(pair))}>
          <div className="lrow">
            <Icon of={Merge} size="s" />
            <div className="grow">
              <p className="strong" dir="auto">
                {t('alike.title', namesOf(pair))}
              </p>
              <p className="small t3 num">{t('alike.counts', { from: pair.from.count, to: pair.to.count })}</p>
            </div>
            <Button size="sm" onClick={() => setAsked(pair)}>
              {t('alike.merge', { tag: pair.to.value || pair.to.key })}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => keep(pair)}>
              {t('alike.keep')}
            </Button>
          </div>
        </section>
      ))}
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={(next) => !next && done()}
          title={t('alike.ask', namesOf(asked))}
          description={t('alike.text', { count: asked.from.count })}
          verb={t('merge')}
          cancel={t('cancel')}
          busy={change.isPending}
          onConfirm={() =>
            change.mutate(
              {
                from: { key: asked.from.key, value: asked.from.value },
                to: { key: asked.to.key, value: asked.to.value },
              },
              { onSuccess: done },
            )
          }
        />
      )}
    </>
  )
}

const textOf = ({ key, value }: TagCount): string => (value === '' ? key : `${key}: ${value}`)
const namesOf = ({ from, to }: LookAlike) => ({ from: textOf(from), to: textOf(to) })
const nameOf = ({ from, to }: LookAlike): string => JSON.stringify([from.key, from.value, to.key, to.value])

function readKept(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
