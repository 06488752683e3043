/** The words of notifications; they come with the bell and its settings. */
import notifications from '../i18n/en/notifications.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ notifications })
