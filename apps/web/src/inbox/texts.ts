/** The words of the queue; they come with whatever shows it first. */
import inbox from '../i18n/en/inbox.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ inbox })
