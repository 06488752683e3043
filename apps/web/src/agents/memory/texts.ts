/** The words of memory fields. */
import memoryFields from '../../i18n/en/memoryFields.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ memoryFields })
