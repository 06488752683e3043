/** Network addresses: which are inside, and which one a name stands for. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, isIPv6 } from 'node:net'

function listOf(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) addNetwork(list, network)
  return list
}

/** `192.0.2.0/24`, or one address. False when it is neither. */
export function addNetwork(list: BlockList, network: string): boolean {
  const [address = '', bits] = network.split('/')
  const version = isIP(address)
  const length = bits === undefined ? (version === 6 ? 128 : 32) : Number(bits)
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > (version === 6 ? 128 : 32)) return false
  list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4')
  return true
}

export const contains = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

const LOCAL = listOf(['127.0.0.0/8', '::1'])
const NOWHERE = listOf(['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', 'fe80::/10', 'ff00::/8'])
const INSIDE = listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'])

export const isLoopback = (address: string) => contains(LOCAL, address)
/** Private, ours alone, or of no use at all from outside. */
export const isInside = (address: string) =>
  contains(INSIDE, address) || contains(LOCAL, address) || contains(NOWHERE, address)

/** Whether somebody at `source` may have us send to `address`: nobody points us at ourselves or at a crowd from outside. */
export const maySendTo = (address: string, source: string): boolean =>
  isIP(address) !== 0 &&
  (address === '0.0.0.0' || !contains(NOWHERE, address)) &&
  (!isLoopback(address) || isLoopback(source))

const REMEMBERED_MS = 60_000
const names = new Map<string, { at: number; addresses: string[] }>()

/** All addresses of a host, of the family our socket speaks. */
export async function addressesOf(host: string, family: 4 | 6): Promise<string[]> {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return [bare]
  const key = `${family}|${bare.toLowerCase()}`
  const known = names.get(key)
  if (known && performance.now() - known.at < REMEMBERED_MS) return known.addresses
  const found = await lookup(bare, { all: true, family }).catch(() => [])
  const addresses = found.map(({ address }) => address)
  if (names.size > 1000) names.clear()
  // What the name service does not know just now may still be where it was.
  if (addresses.length > 0 || !known) names.set(key, { at: performance.now(), addresses })
  return addresses.length > 0 ? addresses : (known?.addresses ?? [])
}
