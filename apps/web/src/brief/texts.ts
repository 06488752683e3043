/** The words of briefs; they come with the first place that shows one. */
import brief from '../i18n/en/brief.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ brief })
