/** The words of calls that are offered, and of those one has. */
import incoming from '../../i18n/en/incoming.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ incoming })
