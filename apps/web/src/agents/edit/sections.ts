/** The sections of an agent's editor, in the order they stand and are listed beside it. A new one is a line here and a title in `section`. */
import type { ComponentType } from 'react'
import { ExternalSection } from '../external/ExternalSection.tsx'
import { FunctionsSection } from '../functions/FunctionsSection.tsx'
import { KnowledgeSection } from '../knowledge/KnowledgeSection.tsx'
import { MemorySection } from '../memory/MemorySection.tsx'
import { VoiceSection } from '../voice/VoiceSection.tsx'
import { BudgetSection } from './BudgetSection.tsx'
import { ChannelsSection } from './ChannelsSection.tsx'
import { FlowsSection } from './FlowsSection.tsx'
import { HandoffSection } from './HandoffSection.tsx'
import { HoursSection } from './HoursSection.tsx'
import { InstructionsSection } from './InstructionsSection.tsx'
import { ModelSection } from './ModelSection.tsx'
import { ModeSection } from './ModeSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { SituationsSection } from './SituationsSection.tsx'
import type { SectionProps } from './section-props.ts'

export const SECTIONS = [
  { key: 'profile', Shown: ProfileSection },
  { key: 'mode', Shown: ModeSection },
  { key: 'hours', Shown: HoursSection },
  { key: 'model', Shown: ModelSection },
  { key: 'budget', Shown: BudgetSection },
  { key: 'instructions', Shown: InstructionsSection },
  { key: 'flows', Shown: FlowsSection },
  { key: 'situations', Shown: SituationsSection },
  { key: 'memory', Shown: MemorySection },
  { key: 'handoff', Shown: HandoffSection },
  { key: 'functions', Shown: FunctionsSection },
  { key: 'knowledge', Shown: KnowledgeSection },
  { key: 'external', Shown: ExternalSection },
  { key: 'voice', Shown: VoiceSection },
  { key: 'channels', Shown: ChannelsSection },
] as const satisfies { key: string; Shown: ComponentType<SectionProps> }[]

export type SectionKey = (typeof SECTIONS)[number]['key']
