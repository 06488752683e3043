/**
 * For working on Earshot: the server, started anew when its code changes, and the dashboard, exchanged in the open page.
 *
 *   npm run dev [options of bin/start]     then open http://127.0.0.1:4311
 */
import { spawn } from 'node:child_process'
import { ROOT } from './checks/files.ts'

const SERVER = ['--watch', '--watch-path=apps/server/src', '--watch-path=packages', 'apps/server/src/main.ts']
const DASHBOARD = ['node_modules/vite/bin/vite.js', 'apps/web']

const start = (args: string[]) => spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })

const children = [start([...SERVER, '--data', 'data-dev', ...process.argv.slice(2)]), start(DASHBOARD)]

/** Ctrl-C reaches both by the terminal; when one ends by itself, so does the other. */
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 0
    for (const other of children) other.kill()
  })
}
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  for (const child of children) child.kill()
})
