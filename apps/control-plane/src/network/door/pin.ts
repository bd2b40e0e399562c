import { once } from "node:events"
import type { Socket } from "node:net"
import { kindOfAddress } from "../../core/addresses.ts"
import type { Address, NetworkParts } from "../network-parts.ts"

/** Why nobody is connected, as a sentence for whoever asked. */
export class Refused extends Error {
  readonly status: number
  constructor(say: string, status = 403) {
    super(say)
    this.status = status
  }
}

/** Whether a host is the platform's own, or below it. */
export const isOwn = ({ domains }: NetworkParts["own"], host: string): boolean =>
  domains.some((own) => host === own || host.endsWith(`.${own}`))

/**
 * Connects to a host that a rule names. It is looked up once; every address that it leads to must be public
 * and not the platform's; the connection goes to one of those, whatever the name leads to by then.
 *
 * @throws Refused
 */
export async function connectPinned(
  parts: NetworkParts,
  { host, port, signal }: { host: string; port: number; signal: AbortSignal },
): Promise<Socket> {
  if (isOwn(parts.own, host)) throw new Refused("That is the platform itself.")
  const [address] = await judged(parts, host)
  signal.throwIfAborted()
  const socket = parts.dial(address, port)
  const stop = () => void socket.destroy(signal.reason)
  signal.addEventListener("abort", stop, { once: true })
  socket.setTimeout(parts.limits.connectMs, () => socket.destroy(new Error("too slow")))
  try {
    await once(socket, "connect")
    socket.setTimeout(0)
    return socket
  } catch {
    signal.throwIfAborted()
    throw new Refused(`${host} cannot be reached at port ${port}.`, 502)
  } finally {
    signal.removeEventListener("abort", stop)
  }
}

async function judged(
  { resolve, own }: NetworkParts,
  host: string,
): Promise<readonly [Address, ...Address[]]> {
  const found = await resolve(host).catch(() => [])
  const [first, ...others] = found
  if (!first) throw new Refused(`There is no host ${host}.`, 502)
  const ours = own.addresses()
  const bad = found.some(
    ({ address }) => kindOfAddress(address) !== "public" || ours.includes(address),
  )
  if (bad) throw new Refused(`${host} leads to an address that is not public.`)
  return [first, ...others]
}
