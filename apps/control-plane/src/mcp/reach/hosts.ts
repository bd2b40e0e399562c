import { kindOfAddress, literalAddress } from "../../core/addresses.ts"

/**
 * A host that the platform's admin allows: `tools.example`, at the usual port of https and at public
 * addresses only; with a port, at just that port and at private addresses too; after `http://`, without
 * encryption.
 */
export interface AllowedHost {
  host: string
  /** null: the usual one */
  port: number | null
  plain: boolean
}

const label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
const entry = new RegExp(
  `^(?<plain>http://)?(?<host>\\[[0-9a-f:.]+\\]|${label}(\\.${label})*)(:(?<port>[1-9][0-9]{0,4}))?$`,
)

/** @returns `undefined` when the text does not name a host as it should */
export function readHost(text: string): AllowedHost | undefined {
  const groups = entry.exec(text)?.groups
  if (!groups?.host) return undefined
  const port = groups.port === undefined ? null : Number(groups.port)
  if (port !== null && port > 65_535) return undefined
  const plain = groups.plain !== undefined
  // As addresses are written after they were parsed: `127.1` is `127.0.0.1`.
  const url = URL.parse(`http://${groups.host}/`)
  return url ? { host: url.hostname, port, plain } : undefined
}

/** Which entry lets a server be asked at its address; none does not. */
export function allowing(hosts: readonly string[], url: URL): AllowedHost | undefined {
  const plain = url.protocol === "http:"
  const usual = plain ? 80 : 443
  const port = url.port === "" ? usual : Number(url.port)
  return hosts
    .map(readHost)
    .find(
      (each) =>
        each !== undefined &&
        each.host === url.hostname &&
        (each.port ?? usual) === port &&
        (each.plain || !plain),
    )
}

/**
 * Whether a server may be asked at an address that its host led to. A private one must be allowed with
 * its port; a strange one only by itself, since a name can lead to it tomorrow.
 */
export function mayLeadTo(allowed: AllowedHost, address: string): boolean {
  const kind = kindOfAddress(address)
  if (kind === "public") return true
  if (allowed.port === null) return false
  return kind === "private" || literalAddress(allowed.host) === address
}
