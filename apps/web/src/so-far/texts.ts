/** The words of what stands so far; they come with the first conversation that runs. */

import soFar from '../i18n/en/soFar.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ soFar })
