/** A request that succeeds for each endpoint of the knowledge base. */
import { none, one, type Sample } from './sample.ts'

export const KNOWLEDGE: Record<string, Sample> = {
  'knowledge.list': (make) => ({ query: { q: make.mark } }),
  'knowledge.get': async (make) => one(await make.article()),
  'knowledge.create': (make) => ({ body: { title: make.text('article'), body: make.text('body') } }),
  'knowledge.change': async (make) => ({ ...one(await make.article()), body: { body: make.text('changed') } }),
  'knowledge.delete': async (make) => one(await make.article()),
  'knowledge.createFolder': (make) => ({ body: { name: make.text('folder') } }),
  'knowledge.changeFolder': async (make) => ({ ...one(await make.folder()), body: { name: make.text('renamed') } }),
  'knowledge.deleteFolder': async (make) => one(await make.folder()),
  'knowledge.getCoverage': none,
  'knowledge.listFolders': none,
  'knowledge.listVersions': async (make) => one(await make.article()),
  'knowledge.restore': async (make) => ({ ...one(await make.article()), body: { version: 1 } }),
  'knowledge.listQuestions': async (make) => one(await make.article()),
  'knowledge.readImport': (make) => ({
    body: { files: [{ name: 'faq.md', base64: Buffer.from(make.text('article')).toString('base64') }] },
  }),
  'knowledge.startImport': async (make) => ({ ...one(await make.knowledgeImport()), body: {} }),
}
