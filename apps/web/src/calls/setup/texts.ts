/** The words of a first call. */
import callSetup from '../../i18n/en/callSetup.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ callSetup })
