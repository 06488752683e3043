/** Settings of the human queue: teams, skills, business hours, and the queue's own times. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Caps, Skill } from './queue.ts'
import { Done, Id, IdParams, name, text, UtcTime } from './text.ts'
import { TimeZone } from './time-zone.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const administer = { role: 'admin', scope: 'admin' } as const
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.null() })

export const Team = z.object({ id: Id, name: z.string(), memberIds: z.array(Id) }).meta({ id: 'Team' })
export type Team = z.infer<typeof Team>

export const listTeams = endpoint({
  id: 'queue.listTeams',
  method: 'GET',
  path: '/api/v1/teams',
  summary: 'List teams',
  access: read,
  reply: list(Team),
})
export const createTeam = endpoint({
  id: 'queue.createTeam',
  method: 'POST',
  path: '/api/v1/teams',
  summary: 'Make a team',
  access: administer,
  body: z.strictObject({ name: name(80), memberIds: z.array(Id).max(500).default([]) }),
  reply: Team,
  status: 201,
  errors: ['team.exists', 'member.not_found'],
})
export const changeTeam = endpoint({
  id: 'queue.changeTeam',
  method: 'PATCH',
  path: '/api/v1/teams/:id',
  summary: 'Rename a team or say who is in it',
  access: administer,
  params: IdParams,
  body: z.strictObject({ name: name(80).optional(), memberIds: z.array(Id).max(500).optional() }),
  reply: Team,
  errors: ['team.not_found', 'team.exists', 'member.not_found'],
})
export const deleteTeam = endpoint({
  id: 'queue.deleteTeam',
  method: 'DELETE',
  path: '/api/v1/teams/:id',
  summary: 'Delete a team; who waited for it waits for everybody',
  access: administer,
  params: IdParams,
  reply: Done,
  errors: ['team.not_found'],
})

export const SkillUse = z
  .object({
    name: Skill,
    members: z.int().nonnegative().meta({ description: 'How many members have it.' }),
    waiting: z.int().nonnegative().meta({ description: 'How many waiting conversations need it.' }),
  })
  .meta({ id: 'SkillUse' })
export type SkillUse = z.infer<typeof SkillUse>

/** A skill exists while a member has it or somebody waits for it: there is nothing to create or delete. */
export const listSkills = endpoint({
  id: 'queue.listSkills',
  method: 'GET',
  path: '/api/v1/skills',
  summary: 'List the skills that members have or that are waited for',
  access: read,
  reply: list(SkillUse),
})
export const renameSkill = endpoint({
  id: 'queue.renameSkill',
  method: 'PUT',
  path: '/api/v1/skills/rename',
  summary: 'Rename a skill everywhere; to the name of another, they become one',
  access: administer,
  body: z.strictObject({ from: Skill, to: Skill }),
  reply: list(SkillUse),
})

const Minute = z.int().min(0).max(2880)
/** From and until are minutes of the day it begins on; beyond 1440 it goes on into the next day. */
export const Interval = z
  .strictObject({ from: z.int().min(0).max(1439), until: Minute })
  .refine((i) => i.until > i.from && i.until - i.from <= 1440, 'ends after it begins, within a day')
  .meta({ id: 'HoursInterval' })
export type Interval = z.infer<typeof Interval>
const Day = z.array(Interval).max(10)

const IsoDate = z.iso.date().refine((d) => d >= '1900', 'a date from 1900 on')
export const Holiday = z
  .strictObject({ date: IsoDate, name: text(120).default(''), intervals: Day.default([]) })
  .meta({ id: 'Holiday', description: 'In place of the weekly hours of that date; without intervals it is closed.' })
export type Holiday = z.infer<typeof Holiday>

const schedule = {
  timeZone: TimeZone,
  always: z.boolean().meta({ description: 'Open all the time; the days are kept, and not used.' }),
  week: z
    .tuple([Day, Day, Day, Day, Day, Day, Day])
    .meta({ description: 'Monday first. No interval: closed on that day.' }),
  holidays: z.array(Holiday).max(400),
  closedText: text(1000).meta({
    description: 'What a contact is told out of hours; `{opens}` is when we open. Empty: words of our own.',
  }),
  askForDetails: z.boolean().meta({ description: 'Out of hours: ask for an e-mail address or a phone number.' }),
  pauseClocks: z.boolean().meta({ description: 'Out of hours the clocks of the queue stand still.' }),
}
/** When people answer. `always` until it is set. */
export const Hours = z
  .object({
    ...schedule,
    open: z.boolean().meta({ description: 'At this moment.' }),
    changesAt: UtcTime.nullable().meta({ description: 'When it next closes or opens; null: never.' }),
  })
  .meta({ id: 'Hours' })
export type Hours = z.infer<typeof Hours>

export const getHours = endpoint({
  id: 'queue.getHours',
  method: 'GET',
  path: '/api/v1/hours',
  summary: 'Read the business hours',
  access: read,
  reply: Hours,
})
export const setHours = endpoint({
  id: 'queue.setHours',
  method: 'PUT',
  path: '/api/v1/hours',
  summary: 'Set the business hours; clocks that run are counted anew',
  access: administer,
  body: z.strictObject(schedule).meta({
    examples: [
      {
        timeZone: 'Europe/Helsinki',
        always: false,
        week: [...Array(5).fill([{ from: 540, until: 1020 }]), [], []],
        holidays: [],
        closedText: 'We answer again {opens}.',
        askForDetails: true,
        pauseClocks: true,
      },
    ],
  }),
  reply: Hours,
})

const minutes = z.int().min(1).max(43_200).nullable()
const perLoad = <T extends z.ZodType>(value: T) => z.strictObject({ voice: value, chat: value, mail: value })
export const QueueSettings = z
  .strictObject({
    caps: Caps,
    offerSeconds: perLoad(z.int().min(5).max(3600)).meta({
      description: 'How long an offer stands: 20 s for voice, 60 s for the others by default.',
    }),
    firstAnswerMinutes: perLoad(minutes).meta({ description: 'Target from request to first word; null: none.' }),
    nextAnswerMinutes: perLoad(minutes).meta({ description: 'Target for each further answer; null: none.' }),
    offers: z.boolean().meta({ description: 'False: nothing is offered, people claim by themselves.' }),
    escalateAfterMinutes: minutes.meta({
      description: 'Who waits longer becomes urgent, once; business hours counted. Null: never.',
    }),
  })
  .meta({ id: 'QueueSettings' })
export type QueueSettings = z.infer<typeof QueueSettings>

export const getQueueSettings = endpoint({
  id: 'queue.getSettings',
  method: 'GET',
  path: '/api/v1/queue/settings',
  summary: 'Read how the queue works',
  access: read,
  reply: QueueSettings,
})
export const setQueueSettings = endpoint({
  id: 'queue.setSettings',
  method: 'PUT',
  path: '/api/v1/queue/settings',
  summary: 'Set how the queue works',
  access: administer,
  body: QueueSettings,
  reply: QueueSettings,
})
