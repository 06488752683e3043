/** The words of recordings; they come with the player. */
import recorded from '../../i18n/en/recorded.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ recorded })
