/** `bin/earshot hub` and `bin/earshot edge`: what `serve` starts beside itself, alone and in the foreground. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ChildSpec } from '../platform/children.ts'
import { Refusal } from '../platform/refusal.ts'
import { edgeSpec, hubSpec } from '../processes.ts'
import { type Command, readOptions, UsageError } from './command.ts'

export const hubCommand: Command = {
  name: 'hub',
  summary: 'Run the media hub of calls alone; EARSHOT_HUB_URL tells the service where it is',
  usage: '',
  async run(args, cli) {
    assertNothing(args)
    const config = cli.config()
    if (config.hubPort === 'off') throw new Refusal('EARSHOT_HUB_PORT is off; give the hub a port.')
    return foreground(hubSpec(config, config.hubPort))
  },
}

export const edgeCommand: Command = {
  name: 'edge',
  summary: 'Run the SIP edge of calls alone; EARSHOT_EDGE_URL tells the service where it is',
  usage: '',
  async run(args, cli) {
    assertNothing(args)
    const config = cli.config()
    if (config.sipPort === undefined) throw new Refusal('The SIP edge needs a port; set EARSHOT_SIP_PORT.')
    return foreground(edgeSpec(config, config.sipPort))
  },
}

function assertNothing(args: string[]): void {
  const { rest } = readOptions(args, {})
  if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}.`)
}

/** Its output is ours, and so are its signals and its exit code. */
async function foreground(spec: ChildSpec): Promise<number> {
  const child = spawn(process.execPath, [spec.main], { env: spec.env(spec.port), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
