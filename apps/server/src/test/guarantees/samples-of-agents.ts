/** Requests of agents that succeed. */
import { none, one, type Sample } from './sample.ts'

export const AGENTS: Record<string, Sample> = {
  'agents.list': none,
  'agents.get': async (make) => one(await make.agent()),
  'agents.create': (make) => ({ body: { name: make.text('agent') } }),
  'agents.change': async (make) => ({ ...one(await make.agent()), body: { company: make.text('company') } }),
  'agents.archive': async (make) => one(await make.agent()),
  'agents.getConfig': async (make) => one(await make.agent()),
  'agents.saveConfig': async (make) => ({
    ...one(await make.agent()),
    body: { config: { profile: { name: make.text('agent') }, instructions: 'Be brief.' }, baseVersion: 1 },
  }),
  'agents.listVersions': async (make) => one(await make.agent()),
  'agents.getVersion': async (make) => ({ params: { id: await make.agent(), version: '1' } }),
  'agents.compareVersions': async (make) => ({ ...one(await make.agent()), query: { from: '1', to: '1' } }),
  'agents.restoreVersion': async (make) => ({
    params: { id: await make.agent(), version: '1' },
    body: { baseVersion: 1 },
  }),
  'agents.duplicate': async (make) => ({ ...one(await make.agent()), body: { name: make.text('copy') } }),
  'agents.unarchive': async (make) => one(await make.agent()),
  'agents.listSecrets': async (make) => one(await make.agent()),
  'agents.putSecret': async (make) => ({
    params: { id: await make.agent(), name: 'orders_token' },
    body: { value: 'tok-sample', host: 'api.example.com' },
  }),
  'agents.deleteSecret': async (make) => ({ params: { id: await make.agent(), name: 'orders_token' } }),
  'agents.getUsage': async (make) => one(await make.agent()),
  'agents.runFunction': async (make) => ({
    ...one(await make.agent()),
    body: {
      function: {
        id: '33333333-3333-4333-8333-333333333333',
        kind: 'http',
        name: 'look_up_order',
        method: 'GET',
        // Reserved for documentation: nobody answers, and nobody may be called.
        url: 'http://192.0.2.1/orders/{order_id}',
        parameters: { type: 'object', properties: { order_id: { type: 'string' } } },
      },
      parameters: { order_id: make.key() },
    },
  }),
  'agents.readMcpTools': async (make) => ({
    ...one(await make.agent()),
    body: {
      server: { id: '44444444-4444-4444-8444-444444444444', name: 'shop', url: 'http://192.0.2.1/mcp' },
    },
  }),
  'agents.getSigning': async (make) => one(await make.agent()),
  'agents.rotateSigning': async (make) => one(await make.agent()),
  // Nothing is sent before there is a secret.
  'agents.testExternal': async (make) => ({
    ...one(await make.agent()),
    body: { url: 'https://agent.example.com/', text: 'Hello' },
  }),
  'agentReplies.create': async (make) => ({
    ...one(await make.replyToken()),
    body: { messages: [{ text: make.text('reply') }] },
  }),
  'agents.try': async (make) => ({
    ...one(await make.agent()),
    body: { messages: [{ author: 'contact', text: make.text('question') }] },
  }),
  'agents.startReplay': async (make) => ({
    ...one(await make.agent()),
    body: { conversationIds: [await make.conversation()] },
  }),
  'agents.listReplays': async (make) => one(await make.agent()),
  'agents.getReplay': async (make) => ({ params: await make.replay() }),
  'agents.listReplayed': async (make) => ({ params: await make.replay() }),
  'agents.test': async (make) => ({ ...one(await make.agent()), body: { text: 'Hello' } }),
}
