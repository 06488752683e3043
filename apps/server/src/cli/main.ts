/** The command line's process: arguments in, exit code out. */
import { run } from './run.ts'

// An exit that is asked for lets go of the database on its way, which a signal's default does not. A command with handlers of its
// own (serve) decides by itself.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) process.exit(code)
  })
}

// Whoever reads the answer may have seen enough (`| head`): no reason to go on, and none to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const code = await run(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isWatched: process.stderr.isTTY === true,
})
if (code !== undefined) process.exit(code)
