/** The words of every page of the settings; they come with the screens that say them. */
import channels from '../i18n/en/channels.json'
import connection from '../i18n/en/connection.json'
import hours from '../i18n/en/hours.json'
import settings from '../i18n/en/settings.json'
import stages from '../i18n/en/stages.json'
import tags from '../i18n/en/tags.json'
import teams from '../i18n/en/teams.json'
import triggers from '../i18n/en/triggers.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ channels, connection, hours, settings, stages, tags, teams, triggers })
