/** Every namespace of the English texts; add a file and its line here. */
import agents from './en/agents.json'
import audio from './en/audio.json'
import channels from './en/channels.json'
import clientData from './en/clientData.json'
import common from './en/common.json'
import connection from './en/connection.json'
import conversations from './en/conversations.json'
import detail from './en/detail.json'
import entry from './en/entry.json'
import errors from './en/errors.json'
import knowledge from './en/knowledge.json'
import settings from './en/settings.json'
import shell from './en/shell.json'
import table from './en/table.json'
import welcome from './en/welcome.json'
import work from './en/work.json'

export const en = {
  agents,
  audio,
  channels,
  clientData,
  common,
  connection,
  conversations,
  detail,
  entry,
  errors,
  knowledge,
  settings,
  shell,
  table,
  welcome,
  work,
}
