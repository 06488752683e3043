/** The words of calls; they come with whatever shows them first. */
import calls from '../i18n/en/calls.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ calls })
