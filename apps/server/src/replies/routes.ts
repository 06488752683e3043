/** HTTP edge of replies. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { changeReply, createReply, deleteReply, listReplies } from './canned-replies.ts'
import { changeMacro, createMacro, deleteMacro, listMacros } from './macros.ts'
import { runMacro } from './run-macro.ts'
import { sendAndClose } from './send-and-close.ts'
import { suggestReply } from './suggest-reply.ts'
import { undoMacro } from './undo-macro.ts'

export function replyRoutes(bind: Bind): void {
  bind(api.listReplies, (ctx, { query }) => listReplies(ctx, query.q))
  bind(api.createReply, (ctx, { body }) => createReply(ctx, body))
  bind(api.changeReply, (ctx, { params, body }) => changeReply(ctx, params.id, body))
  bind(api.deleteReply, (ctx, { params }) => deleteReply(ctx, params.id))
  bind(api.listMacros, (ctx) => listMacros(ctx))
  bind(api.createMacro, (ctx, { body }) => createMacro(ctx, body))
  bind(api.changeMacro, (ctx, { params, body }) => changeMacro(ctx, params.id, body))
  bind(api.deleteMacro, (ctx, { params }) => deleteMacro(ctx, params.id))
  bind(api.runMacro, (ctx, { params, body }) => runMacro(ctx, params.id, body))
  bind(api.undoMacro, (ctx, { params }) => undoMacro(ctx, params.id, params.runId))
  bind(api.sendAndClose, (ctx, { params, body }) => sendAndClose(ctx, params.id, body))
  bind(api.suggestReply, (ctx, { params }) => suggestReply(ctx, params.id))
}
