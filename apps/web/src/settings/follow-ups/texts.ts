/** The words of follow-ups; they come with the screens that say them. */
import followUps from '../../i18n/en/followUps.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ followUps })
