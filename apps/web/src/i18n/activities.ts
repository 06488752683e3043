/** What happened to a conversation, as the lines between its messages say it; they come with the first one that is open. */
import i18next from 'i18next'
import activities from './en/activities.json'

i18next.addResourceBundle('en', 'conversations', activities, true)
