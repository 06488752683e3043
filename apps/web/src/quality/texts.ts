/** The words of what people say against reviews; they come with the cards and screens that say them. */

import quality from '../i18n/en/quality.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ quality })
