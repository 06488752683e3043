/** The words of external agents; they come with their section. */
import external from '../../i18n/en/external.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ external })
