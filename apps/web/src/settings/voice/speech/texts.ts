/** The words of speech; they come with what says them. */
import speech from '../../../i18n/en/speech.json'
import { addTexts } from '../../../i18n/index.ts'

addTexts({ speech })
