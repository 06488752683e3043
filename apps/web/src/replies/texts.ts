/** The words of replies and macros; they come with what says them. */
import replies from '../i18n/en/replies.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ replies })
