/** The words of trying agents; they come with the views that say them. */
import trials from '../../i18n/en/trials.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ trials })
