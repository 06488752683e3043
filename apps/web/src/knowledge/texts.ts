/** The words of the knowledge base; they come with the screens that say them. */
import knowledge from '../i18n/en/knowledge.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ knowledge })
