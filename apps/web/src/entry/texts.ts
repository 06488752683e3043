/** The words of the first setup and the sign-in; they come with the screens that say them. */
import entry from '../i18n/en/entry.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ entry })
