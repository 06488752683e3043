/** Which addresses the service may call: public ones, and the networks that the operator of the installation allows. */
import ipaddr from 'ipaddr.js'

export type MayCall = (address: string) => boolean

/** `allowed` are CIDR networks, such as `10.0.0.0/8`, that may be called although they are not public. */
export function addressGuard(allowed: readonly string[]): MayCall {
  const networks = allowed.map((network) => ipaddr.parseCIDR(network))
  return (address) => {
    const parsed = canonical(address)
    if (!parsed) return false
    if (isPublic(parsed)) return true
    return networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits))
  }
}

/** One form for each address: `::ffff:127.0.0.1` and the like are the IPv4 address they mean. Undefined: not an address. */
function canonical(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const plain = address.replace(/^\[|\]$/g, '').split('%')[0] ?? ''
  if (!ipaddr.isValid(plain)) return undefined
  const parsed = ipaddr.parse(plain)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed
  const bytes = parsed.toByteArray()
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  // The older form `::127.0.0.1`; `::` and `::1` have their own meaning.
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0)
  return isMapped || isCompatible ? new ipaddr.IPv4(bytes.slice(12)) : parsed
}

/** Everything with a special meaning is refused, tunnels to IPv4 (6to4, Teredo, NAT64) among it; of IPv6 only 2000::/3 is in use. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return !(address instanceof ipaddr.IPv6) || (address.toByteArray()[0]! & 0xe0) === 0x20
}
