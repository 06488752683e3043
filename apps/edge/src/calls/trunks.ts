/** The trunks this edge serves, in memory only: where INVITEs may come from, and how ours get there. */
import { BlockList } from 'node:net'
import type { Trunk } from '@earshot/voice'
import { addNetwork, addressesOf, contains } from '../sip/addresses.ts'
import type { Login } from '../sip/digest.ts'
import type { Flow } from '../sip/transport.ts'
import type { UserAgent } from '../sip/user-agent.ts'

interface Known {
  trunk: Trunk
  networks: BlockList
  hosts: string[]
}

export class Trunks {
  #known: Known[] = []
  #family: 4 | 6 = 4
  /** Told after every change. */
  onChange: ((trunks: Trunk[]) => void) | null = null

  async set(trunks: Trunk[], family: 4 | 6): Promise<void> {
    this.#family = family
    this.#known = await Promise.all(
      trunks.map(async (trunk) => {
        const networks = new BlockList()
        for (const network of trunk.from) addNetwork(networks, network)
        return { trunk, networks, hosts: await addressesOf(trunk.host, family) }
      }),
    )
    this.onChange?.(trunks)
  }

  /** Their hosts may have moved. */
  async lookAgain(): Promise<void> {
    for (const known of this.#known) {
      const hosts = await addressesOf(known.trunk.host, this.#family)
      if (hosts.length > 0) known.hosts = hosts
    }
  }

  get count(): number {
    return this.#known.length
  }

  get(id: string): Trunk | undefined {
    return this.#known.find(({ trunk }) => trunk.id === id)?.trunk
  }

  /** Those a call from this address may belong to. */
  from(address: string): Trunk[] {
    return this.#known
      .filter(({ networks, hosts }) => hosts.includes(address) || contains(networks, address))
      .map(({ trunk }) => trunk)
  }

  /** Passwords that let in a call from anywhere. */
  logins(): Login[] {
    return this.#known.flatMap(({ trunk }) =>
      trunk.user && trunk.password ? [{ user: trunk.user, password: trunk.password }] : [],
    )
  }

  withLogin(login: Login): Trunk[] {
    return this.#known
      .map(({ trunk }) => trunk)
      .filter(({ user, password }) => user === login.user && password === login.password)
  }

  /** Whether sound of a call of these trunks may come from there, besides the addresses the call itself named. */
  carries(ids: string[], address: string): boolean {
    return this.#known.some(({ trunk, networks }) => ids.includes(trunk.id) && contains(networks, address))
  }
}

export const loginOf = (trunk: Trunk): Login | null =>
  trunk.user && trunk.password ? { user: trunk.user, password: trunk.password } : null

export async function wayTo(ua: UserAgent, trunk: Trunk): Promise<Flow> {
  const [address] = await addressesOf(trunk.host, ua.family)
  if (!address) throw new Error('The trunk’s host has no address.')
  return ua.transport.flowTo(trunk.transport === 'tcp' ? 'TCP' : 'UDP', address, trunk.port)
}
