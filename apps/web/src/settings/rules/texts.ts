/** The words of rules, rubric and alerts; they come with the screens that say them. */
import alerts from '../../i18n/en/alerts.json'
import rubric from '../../i18n/en/rubric.json'
import rules from '../../i18n/en/rules.json'
import { addTexts } from '../../i18n/index.ts'

addTexts({ alerts, rubric, rules })
