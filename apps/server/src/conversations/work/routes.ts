/** HTTP edge of work on conversations: actions on one or many, undo, flags. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { act, actAlone } from './act.ts'
import { bulkAct } from './bulk.ts'
import { addFlag, listFlags, resolveFlag } from './flags.ts'
import { undoChange } from './undo-change.ts'

export function workRoutes(bind: Bind): void {
  bind(api.bulkAct, (ctx, { body }) => bulkAct(ctx, body.selection, body.action))
  bind(api.act, (ctx, { params, body }) => act(ctx, params.id, body.action))
  bind(api.undoChange, (ctx, { params, body }) => undoChange(ctx, params.id, body.changeId))
  bind(api.markRead, (ctx, { params }) => actAlone(ctx, params.id, { type: 'read' }))
  bind(api.markUnread, (ctx, { params }) => actAlone(ctx, params.id, { type: 'unread' }))
  bind(api.unarchiveConversation, (ctx, { params }) => actAlone(ctx, params.id, { type: 'unarchive' }))
  bind(api.assignConversation, (ctx, { params, body }) =>
    actAlone(ctx, params.id, { type: 'assign', assigneeId: body.assigneeId }),
  )
  bind(api.listFlags, (ctx, { params }) => listFlags(ctx, params.id))
  bind(api.addFlag, (ctx, { params, body }) => addFlag(ctx, params.id, body))
  bind(api.resolveFlag, (ctx, { params, body }) => resolveFlag(ctx, params.id, params.flagId, body))
}
