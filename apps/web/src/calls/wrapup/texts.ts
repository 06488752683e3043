/** The words of what is left to do after a call. */
import wrapUp from '../../i18n/en/wrapUp.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ wrapUp })
