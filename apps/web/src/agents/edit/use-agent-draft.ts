/** An agent's document while it is edited: the version it was begun from stays its base, whatever others save meanwhile. */
import type { AgentConfig, AgentDocument } from '@earshot/contracts'
import { useState } from 'react'
import { type Draft, useDraft } from '../../app/use-draft.ts'

/** Write-only: undefined keeps what is stored, null removes it. */
export type Keys = { model?: string | null | undefined; fallback?: string | null | undefined }

export type AgentDraft = {
  /** As it would be saved now. */
  config: AgentConfig
  /** The version it is based on. */
  base: AgentDocument
  keys: Keys
  change: (sections: Partial<AgentConfig>) => void
  changeKeys: (keys: Keys) => void
  /** The sections that differ from the base. */
  edited: string[]
  changed: boolean
  reset: () => void
  /** What somebody else saved since, if anything. */
  newer: AgentDocument | null
  /** Goes on from the newer version: what was edited here stays, the rest follows. */
  rebase: () => void
}

export function useAgentDraft(newest: AgentDocument): AgentDraft {
  const [frozen, setFrozen] = useState(newest)
  const [keys, setKeys] = useState<Keys>({})
  const draft: Draft<AgentConfig> = useDraft<AgentConfig>(frozen.config)
  const hasKeys = Object.values(keys).some((key) => key !== undefined)
  const changed = draft.changed || hasKeys
  const base = changed ? frozen : newest
  /** What was edited back to what it was is no edit: the next one begins from the newest. */
  const begin = () => {
    if (changed) return
    draft.reset()
    setFrozen(newest)
  }
  return {
    config: changed ? draft.value : newest.config,
    base,
    keys,
    change(sections) {
      begin()
      draft.change(sections)
    },
    changeKeys(more) {
      begin()
      setKeys((before) => ({ ...before, ...more }))
    },
    edited: [...Object.keys(draft.edits), ...(hasKeys ? ['keys'] : [])],
    changed,
    reset() {
      draft.reset()
      setKeys({})
    },
    newer: changed && newest.version !== base.version ? newest : null,
    rebase: () => setFrozen(newest),
  }
}
