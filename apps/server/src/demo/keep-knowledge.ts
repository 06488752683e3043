/** The demo's articles: in folders, in three languages, one of them saved twice. */
import { changeArticle, createArticle, createFolder, listFolders } from '../knowledge/index.ts'
import type { Context } from '../platform/context.ts'

type Kept = { title: string; body: string; language?: string; status?: 'draft' | 'published'; before?: string }

const SHELVES: Record<string, Kept[]> = {
  'Lamps and bulbs': [
    {
      title: 'Which bulb fits my lamp',
      before: 'Look at the socket: most of our lamps take E27.',
      body: 'Look at the socket: our table lamps take **E14**, floor lamps **E27**, spots **GU10**. The highest wattage is printed inside the shade.',
    },
    {
      title: 'Welche Glühbirne passt',
      language: 'de',
      body: 'Tischleuchten haben eine Fassung **E14**, Stehleuchten **E27**, Strahler **GU10**. Die höchste Wattzahl steht im Schirm.',
    },
    {
      title: 'Qué bombilla necesita mi lámpara',
      language: 'es',
      body: 'Las lámparas de mesa llevan casquillo **E14**, las de pie **E27** y los focos **GU10**. La potencia máxima está impresa en la pantalla.',
    },
    {
      title: 'Dimming a lamp',
      body: 'Floor lamps can be dimmed with any trailing-edge dimmer from 5 watts on.',
      status: 'draft',
    },
  ],
  Assembly: [
    {
      title: 'Mounting a ceiling lamp',
      body: 'Switch the fuse off first.\n\n1. Screw the bracket to the ceiling.\n2. Connect the wires by colour.\n3. Click the canopy on.\n\nTwo people need about twenty minutes.',
    },
    {
      title: 'Deckenlampe montieren',
      language: 'de',
      body: 'Zuerst die Sicherung ausschalten.\n\n1. Halterung an die Decke schrauben.\n2. Kabel nach Farben verbinden.\n3. Baldachin einrasten.',
    },
  ],
}

/** Once: folders that are there are left as they are. */
export async function keepKnowledge(ctx: Context): Promise<void> {
  const there = new Set((await listFolders(ctx)).items.map(({ name }) => name))
  for (const [name, articles] of Object.entries(SHELVES)) {
    if (there.has(name)) continue
    const folder = await createFolder(ctx, { name })
    for (const { before, ...article } of articles) {
      const written = { status: 'published' as const, ...article, folderId: folder.id }
      const { id } = await createArticle(ctx, { ...written, body: before ?? article.body })
      if (before) await changeArticle(ctx, id, { body: article.body })
    }
  }
}
