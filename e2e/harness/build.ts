/** Before the journeys: the web and the widget as their sources say, built by the same script as `bin/start`. */
import { execFileSync } from 'node:child_process'
import { repositoryDir } from './product.ts'

const SCRIPT = 'root=$1; . "$root/bin/lib/ensure.sh"; ensure_built'

export default function build(): void {
  execFileSync('sh', ['-c', SCRIPT, 'build', repositoryDir], { stdio: ['ignore', 'inherit', 'inherit'] })
}
