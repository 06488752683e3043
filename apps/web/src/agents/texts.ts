/** The words of the agents; they come with the screens that say them. */
import agents from '../i18n/en/agents.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ agents })
