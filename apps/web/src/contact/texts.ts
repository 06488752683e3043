/** The words of judging reviews: flags, emotions, and the queue; they come with what shows them. */
import judging from '../i18n/en/judging.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ judging })
