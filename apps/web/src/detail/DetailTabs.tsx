/** Overview, transcription, client data; arrow keys move between them. */
import type { Conversation } from '@earshot/contracts'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { amount } from '../contact/amounts.ts'

export const TABS = ['overview', 'transcription', 'client'] as const
export type Tab = (typeof TABS)[number]

export const tabId = (tab: Tab) => `detail-tab-${tab}`
export const panelId = (tab: Tab) => `detail-panel-${tab}`

type Props = { conversation: Conversation; tab: Tab; onTab: (tab: Tab) => void }

export function DetailTabs({ conversation, tab, onTab }: Props) {
  const { t } = useTranslation('detail')
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    const inline = getComputedStyle(event.currentTarget).direction === 'rtl' ? -by : by
    const next = TABS[(TABS.indexOf(tab) + inline + TABS.length) % TABS.length] ?? tab
    onTab(next)
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus()
  }
  return (
    <div className="tabs dtabs" role="tablist" aria-label={t('tabs.label')} onKeyDown={onKeyDown} ref={list}>
      {TABS.map((one) => (
        <button
          type="button"
          role="tab"
          key={one}
          id={tabId(one)}
          aria-selected={one === tab}
          aria-controls={one === tab ? panelId(one) : undefined}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => onTab(one)}
        >
          {t(`tabs.${one}`)}
          {one === 'transcription' && <span className="t3 num">{amount(conversation.messageCount)}</span>}
        </button>
      ))}
    </div>
  )
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }
