/** All flag rules, run over one conversation; the gravest come first. */
import type { Flag } from '../contract.ts'
import { ANSWER_RULES } from './answers.ts'
import { CONTACT_RULES } from './contact.ts'
import { COURSE_RULES } from './course.ts'
import type { FlagContext } from './flag.ts'

const GRAVITY = { urgent: 0, review: 1, info: 2 }

export const raiseFlags = (context: FlagContext): Flag[] =>
  [...CONTACT_RULES, ...ANSWER_RULES, ...COURSE_RULES]
    .map((rule) => rule(context))
    .filter((flag) => flag !== null)
    .sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity])
