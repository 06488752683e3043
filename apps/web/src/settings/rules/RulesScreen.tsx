/** Settings → Own flags: each with what it raised, its switch, its versions. */
import './texts.ts'
import '../../styles/rules.css'
import type { FlagRule } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeleteOne, ListPage } from '../ListPage.tsx'
import { RuleDialog } from './RuleDialog.tsx'
import { type Asked, RuleRow } from './RuleRow.tsx'
import { RuleVersions } from './RuleVersions.tsx'
import { rulesQuery, useRuleCommands } from './use-rules.ts'

export function RulesScreen() {
  const { t } = useTranslation('rules')
  const rules = useQuery(rulesQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  return (
    <ListPage
      words={{ title: t('title'), lead: t('lead'), add: t('add'), none: t('none'), noneText: t('noneText') }}
      art="search"
      query={rules}
      row={(rule) => <RuleRow rule={rule} key={rule.id} onAsk={setAsked} />}
      onAdd={() => setAsked({ what: 'add' })}
    >
      {asked?.what === 'add' && <RuleDialog onDone={done} />}
      {asked?.what === 'change' && <RuleDialog key={asked.rule.id} rule={asked.rule} onDone={done} />}
      {asked?.what === 'versions' && (
        <RuleVersions rule={asked.rule} onDone={done} onTake={(rule) => setAsked({ what: 'change', rule })} />
      )}
      {asked?.what === 'delete' && <DeleteRule rule={asked.rule} onDone={done} />}
    </ListPage>
  )
}

function DeleteRule({ rule, onDone }: { rule: FlagRule; onDone: () => void }) {
  const { t } = useTranslation('rules')
  const { remove } = useRuleCommands()
  const words = {
    title: t('deleteTitle', { name: rule.name }),
    text: t('deleteText'),
    verb: t('delete'),
    cancel: t('cancel'),
    done: t('deleted', { name: rule.name }),
  }
  return <DeleteOne id={rule.id} remove={remove} words={words} onDone={onDone} />
}
