/** Lays beside each built script and style the same in Brotli and gzip, for a server that sends whichever the browser takes. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Smaller ones fit into one packet as they are. */
const WORTH_BYTES = 1400

export const compressedBeside: Plugin = {
  name: 'compressed-beside',
  apply: 'build',
  // From the disk, as nobody changes a file any more once it is written.
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name))
    await Promise.all(files.map((name) => layBeside(join(dir, name))))
  },
}

async function layBeside(file: string): Promise<void> {
  const plain = await readFile(file)
  if (plain.length < WORTH_BYTES) return
  await writeFile(`${file}.br`, await promisify(brotliCompress)(plain))
  await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }))
}
