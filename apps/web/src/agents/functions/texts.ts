/** The words of functions. */
import functions from '../../i18n/en/functions.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ functions })
