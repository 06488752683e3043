/** Why the server refuses what only some screens ask for; it comes once the first screen stands. Until then its own words are shown. */
import i18next from 'i18next'
import refusals from './en/refusals.json'

i18next.addResourceBundle('en', 'errors', refusals, true)
