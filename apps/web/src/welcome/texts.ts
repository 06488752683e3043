/** The words of the first steps; they come with the screens that say them. */
import welcome from '../i18n/en/welcome.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ welcome })
