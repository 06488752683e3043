/** The words of Settings → Voice; they come with the screen that says them. */
import voice from '../../i18n/en/voice.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ voice })
