/** The words of how conversations are reviewed; they come with the screen that says them. */
import '../../agents/texts.ts'
import analysis from '../../i18n/en/analysis.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ analysis })
