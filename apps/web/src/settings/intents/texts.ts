/** The words of the intents; they come with the screen that says them. */
import intents from '../../i18n/en/intents.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ intents })
