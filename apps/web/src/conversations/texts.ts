/** The words of what is done with conversations, and of what they carry; they come with an open one and with the table. */
import audio from '../i18n/en/audio.json'
import clientData from '../i18n/en/clientData.json'
import deletion from '../i18n/en/deletion.json'
import detail from '../i18n/en/detail.json'
import exports from '../i18n/en/exports.json'
import { addTexts } from '../i18n/index.ts'

addTexts({ audio, clientData, deletion, detail, exports })
