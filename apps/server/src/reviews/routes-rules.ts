/** HTTP edge of rubrics and own flags. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import {
  discardRubricDraft,
  getRubric,
  listRubricVersions,
  restoreRubric,
  saveRubricDraft,
  switchRubricOn,
} from './rubrics/edit-rubric.ts'
import { previewRubric } from './rubrics/preview-rubric.ts'
import {
  changeFlagRule,
  createFlagRule,
  deleteFlagRule,
  listFlagRules,
  listFlagRuleVersions,
} from './rules/edit-rules.ts'
import { testFlagRule } from './rules/test-rule.ts'

export function reviewRuleRoutes(bind: Bind): void {
  bind(api.getRubric, (ctx) => getRubric(ctx))
  bind(api.listRubricVersions, (ctx) => listRubricVersions(ctx))
  bind(api.saveRubricDraft, (ctx, { body }) => saveRubricDraft(ctx, body))
  bind(api.discardRubricDraft, (ctx) => discardRubricDraft(ctx))
  bind(api.previewRubric, (ctx, { body }) => previewRubric(ctx, body.rubric))
  bind(api.switchRubricOn, (ctx, { body }) => switchRubricOn(ctx, body))
  bind(api.restoreRubric, (ctx, { params }) => restoreRubric(ctx, params.version))
  bind(api.listFlagRules, (ctx) => listFlagRules(ctx))
  bind(api.createFlagRule, (ctx, { body }) => createFlagRule(ctx, body))
  bind(api.changeFlagRule, (ctx, { params, body }) => changeFlagRule(ctx, params.id, body))
  bind(api.deleteFlagRule, (ctx, { params }) => deleteFlagRule(ctx, params.id))
  bind(api.listFlagRuleVersions, (ctx, { params }) => listFlagRuleVersions(ctx, params.id))
  bind(api.testFlagRule, (ctx, { body }) => testFlagRule(ctx, body.rule))
}
