/** Which articles an agent may answer from: all, those of some folders, or none. */
import type { AgentConfig } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { foldersQuery } from '../../knowledge/use-folders.ts'
import { Checkbox, Segmented } from '../../ui/Choice.tsx'
import { NamedSection } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/section-props.ts'

const SCOPES = ['all', 'folders', 'none'] as const satisfies AgentConfig['knowledge']['scope'][]

export function KnowledgeSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const { data: folders } = useQuery(foldersQuery)
  const { scope, folderIds } = config.knowledge
  const choose = (id: string, on: boolean) =>
    change({ knowledge: { scope, folderIds: on ? [...folderIds, id] : folderIds.filter((other) => other !== id) } })
  return (
    <NamedSection name="knowledge">
      <Segmented
        label={t('section.knowledge')}
        value={scope}
        onChange={(next) => change({ knowledge: { folderIds, scope: next } })}
        options={SCOPES.map((value) => ({ value, label: t(`knowledgeScope.${value}`) }))}
      />
      {scope === 'folders' && (
        <div className="lbox below">
          {folders?.length === 0 && <p className="lrow small t3">{t('knowledgeScope.noFolders')}</p>}
          {folders?.map((folder) => (
            <div className="lrow" key={folder.id}>
              <Checkbox checked={folderIds.includes(folder.id)} onChange={(on) => choose(folder.id, on)}>
                {folder.name}
              </Checkbox>
              <span className="grow" />
              <span className="small t3 num">{folder.articles}</span>
            </div>
          ))}
        </div>
      )}
    </NamedSection>
  )
}
