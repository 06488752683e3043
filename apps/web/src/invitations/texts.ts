/** The words of invitations and of what roles may do. */
import invitations from '../i18n/en/invitations.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ invitations })
