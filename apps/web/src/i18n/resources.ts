/** Every namespace of the English texts, for types and tests; add a file and its line here, and bring it in `index.ts` or in a `texts.ts`. */
import activities from './en/activities.json'
import agents from './en/agents.json'
import alerts from './en/alerts.json'
import analysis from './en/analysis.json'
import audio from './en/audio.json'
import brief from './en/brief.json'
import callSetup from './en/callSetup.json'
import calls from './en/calls.json'
import channels from './en/channels.json'
import clientData from './en/clientData.json'
import common from './en/common.json'
import connection from './en/connection.json'
import conversations from './en/conversations.json'
import deletion from './en/deletion.json'
import detail from './en/detail.json'
import entry from './en/entry.json'
import errors from './en/errors.json'
import exports from './en/exports.json'
import external from './en/external.json'
import followUps from './en/followUps.json'
import functions from './en/functions.json'
import hours from './en/hours.json'
import inbox from './en/inbox.json'
import incoming from './en/incoming.json'
import insights from './en/insights.json'
import intents from './en/intents.json'
import invitations from './en/invitations.json'
import judging from './en/judging.json'
import knowledge from './en/knowledge.json'
import memoryFields from './en/memoryFields.json'
import merging from './en/merging.json'
import notifications from './en/notifications.json'
import quality from './en/quality.json'
import recorded from './en/recorded.json'
import refusals from './en/refusals.json'
import replies from './en/replies.json'
import rubric from './en/rubric.json'
import rules from './en/rules.json'
import settings from './en/settings.json'
import shell from './en/shell.json'
import soFar from './en/soFar.json'
import speech from './en/speech.json'
import stages from './en/stages.json'
import table from './en/table.json'
import tags from './en/tags.json'
import teams from './en/teams.json'
import trials from './en/trials.json'
import triggers from './en/triggers.json'
import voice from './en/voice.json'
import welcome from './en/welcome.json'
import work from './en/work.json'
import wrapUp from './en/wrapUp.json'

export const en = {
  agents,
  analysis,
  alerts,
  audio,
  brief,
  calls,
  callSetup,
  channels,
  clientData,
  common,
  connection,
  conversations: { ...conversations, ...activities },
  deletion,
  detail,
  entry,
  /** Those that any screen may meet come first, the others once it stands. */
  errors: { ...errors, ...refusals },
  exports,
  external,
  functions,
  hours,
  inbox,
  incoming,
  followUps,
  insights,
  intents,
  invitations,
  judging,
  knowledge,
  memoryFields,
  merging,
  notifications,
  quality,
  recorded,
  replies,
  rubric,
  rules,
  settings,
  shell,
  soFar,
  speech,
  stages,
  table,
  tags,
  teams,
  trials,
  triggers,
  voice,
  welcome,
  work,
  wrapUp,
}
