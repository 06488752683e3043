/** `bin/earshot serve`: the service itself, the same as `bin/start`. */
import type { Command } from './command.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Run the service, as bin/start does',
  usage: `[--port N] [--host ADDRESS] [--demo]

  --port N         the port to listen on (4310)
  --host ADDRESS   the address to listen on (127.0.0.1)
  --demo           a sample workspace with simulated visitors who talk live`,
  async run(args, cli) {
    // The service is a program of its own, with its own signals and exit; it reads the command line it is given here.
    process.argv.splice(2, Number.POSITIVE_INFINITY, ...args, '--data', cli.dataDir())
    await import('../main.ts')
    return undefined
  },
}
