/** `bin/earshot demo`: the service with a demo workspace, or only the workspace. */
import { type Command, readOptions, UsageError } from './command.ts'
import { serveCommand } from './serve.ts'

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Run the service with a demo workspace, as bin/start --demo does',
  usage: `[--port N] [--host ADDRESS] | --load

  --port N         the port to listen on (4310)
  --host ADDRESS   the address to listen on (127.0.0.1)
  --load           only fills the demo workspace, also while Earshot runs; doing it twice changes nothing`,
  async run(args, cli) {
    const { options, rest } = readOptions(args, { port: 'text', host: 'text', load: 'switch' })
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}.`)
    if (!options.load) {
      const passed = (['port', 'host'] as const).flatMap((name) => (options[name] ? [`--${name}`, options[name]] : []))
      return serveCommand.run([...passed, '--demo'], cli)
    }
    const { loadDemo } = await import('../demo/index.ts')
    return cli.withNode(async ({ services }) => {
      const { conversations, added } = await loadDemo(services)
      cli.say(
        added === 0
          ? `The demo workspace is complete: ${conversations} conversations.`
          : `${added} conversations added to the demo workspace.`,
      )
      return 0
    })
  },
}
