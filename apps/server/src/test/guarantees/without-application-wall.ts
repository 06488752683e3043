/** Takes the application's own workspace conditions out of every query: what then holds is row level security. */
import {
  BinaryOperationNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  OperatorNode,
  type QueryId,
  RawNode,
  type RootOperationNode,
} from 'kysely'

const always = () => RawNode.createWithSql('true')

class WithoutConditions extends OperationNodeTransformer {
  protected override transformBinaryOperation(node: BinaryOperationNode, id?: QueryId): BinaryOperationNode {
    if (namesWorkspace(node)) return BinaryOperationNode.create(always(), OperatorNode.create('='), always())
    return super.transformBinaryOperation(node, id)
  }

  /** `workspace_id = ${id}` written by hand becomes `(true or workspace_id = ${id})`. */
  protected override transformRaw(node: RawNode, id?: QueryId): RawNode {
    const raw = super.transformRaw(node, id)
    const fragments = [...raw.sqlFragments]
    for (let i = 0; i < fragments.length - 1; i++) {
      if (!/(^|[^\w])(\w+\.)?workspace_id = $/.test(fragments[i]!)) continue
      fragments[i] = fragments[i]!.replace(/((?:\w+\.)?workspace_id = )$/, '(true or $1')
      fragments[i + 1] = `)${fragments[i + 1]}`
    }
    return { ...raw, sqlFragments: fragments }
  }
}

function namesWorkspace({ leftOperand, operator }: BinaryOperationNode): boolean {
  const isEqual = (operator as { operator?: string }).operator === '='
  return isEqual && JSON.stringify(leftOperand).includes('"workspace_id"')
}

const transformer = new WithoutConditions()

export const withoutApplicationWall: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId) as RootOperationNode,
  transformResult: async ({ result }) => result,
}
