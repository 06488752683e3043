/** The words of merging and splitting; they come with their dialogs. */
import merging from '../i18n/en/merging.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ merging })
