/** HTTP edge of lines, the rules for calls, and whom calls may be transferred to. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { changeVoiceContact, createVoiceContact, deleteVoiceContact, listVoiceContacts } from './contacts.ts'
import { changeLine, createLine, deleteLine, listLines } from './lines.ts'
import { getOwnPhone, setOwnPhone } from './own-phone.ts'
import { getVoiceSettings, setVoiceSettings } from './settings.ts'
import { testLine } from './test-line.ts'

export function lineRoutes(bind: Bind): void {
  bind(api.listLines, (ctx) => listLines(ctx))
  bind(api.createLine, (ctx, { body }) => createLine(ctx, body))
  bind(api.changeLine, (ctx, { params, body }) => changeLine(ctx, params.id, body))
  bind(api.deleteLine, (ctx, { params }) => deleteLine(ctx, params.id))
  bind(api.testLine, (ctx, { params }) => testLine(ctx, params.id))
  bind(api.getVoiceSettings, (ctx) => getVoiceSettings(ctx))
  bind(api.setVoiceSettings, (ctx, { body }) => setVoiceSettings(ctx, body))
  bind(api.listVoiceContacts, (ctx) => listVoiceContacts(ctx))
  bind(api.createVoiceContact, (ctx, { body }) => createVoiceContact(ctx, body))
  bind(api.changeVoiceContact, (ctx, { params, body }) => changeVoiceContact(ctx, params.id, body))
  bind(api.deleteVoiceContact, (ctx, { params }) => deleteVoiceContact(ctx, params.id))
  bind(api.getOwnPhone, (ctx) => getOwnPhone(ctx))
  bind(api.setOwnPhone, (ctx, { body }) => setOwnPhone(ctx, body))
}
