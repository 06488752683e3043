/** The words of Insights; they come with the screen that says them. */
import insights from '../i18n/en/insights.json'
import { addTexts } from '../i18n/index.ts'
import '../agents/playground/texts.ts'

addTexts({ insights })
