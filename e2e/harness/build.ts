/**
 * Before the journeys: the web and the widget as their sources say, built by the same script as `bin/start`; and one installation that is set
 * up and stopped, of which each spec file gets a copy.
 */
import { execFileSync } from 'node:child_process'
import { Product, repositoryDir } from './product.ts'
import { PREPARED, setUp } from './set-up.ts'

const SCRIPT = 'root=$1; . "$root/bin/lib/ensure.sh"; ensure_built'

export default async function build(): Promise<() => Promise<void>> {
  execFileSync('sh', ['-c', SCRIPT, 'build', repositoryDir], { stdio: ['ignore', 'inherit', 'inherit'] })
  const product = await Product.start()
  await setUp(product.url)
  await product.rest()
  process.env[PREPARED] = product.dataDir
  return () => product.stop()
}
