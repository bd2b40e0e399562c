import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { McpServerRow } from "./mcp-server.ts"

type Sealed = McpServerRow["headers"]

export interface WantedHeader {
  name: string
  /** absent: the one it has */
  value?: string | undefined
}

/** A value opens for its own server and header only. */
const contextOf = (serverId: IdOf<"mcp_server">, name: string) =>
  `mcp_servers/headers/${serverId}/${name.toLowerCase()}`

/** What the protocol and HTTP themselves say. */
const reserved = new Set([
  ...["host", "content-length", "content-type", "accept", "accept-encoding", "connection"],
  ...["transfer-encoding", "upgrade", "te", "trailer", "expect", "keep-alive", "last-event-id"],
  ...["mcp-session-id", "mcp-protocol-version", "proxy-authorization", "proxy-connection"],
])

/**
 * Seals what is sent with each request. A value that is not given again is kept.
 *
 * @throws Fault `invalid` for a header twice, one of the protocol's, or without a value
 */
export function sealHeaders(
  key: MasterKey,
  of: { serverId: IdOf<"mcp_server">; before: Sealed },
  wanted: readonly WantedHeader[],
): Sealed {
  const names = wanted.map(({ name }) => name.toLowerCase())
  return wanted.map(({ name, value }, at) => {
    const lower = name.toLowerCase()
    if (reserved.has(lower)) throw wrong(`/headers/${at}/name`, `${name} is not yours to set.`)
    if (names.indexOf(lower) < at) throw wrong(`/headers/${at}/name`, `${name} is there twice.`)
    const context = contextOf(of.serverId, name)
    if (value !== undefined) return { name, sealed: seal(key, Buffer.from(value), context) }
    const kept = of.before.find((each) => each.name.toLowerCase() === lower)
    if (!kept) throw wrong(`/headers/${at}/value`, "Write a value.")
    return { name, sealed: kept.sealed }
  })
}

/** @throws Fault `seal_broken` */
export function openHeaders(key: MasterKey, row: Pick<McpServerRow, "id" | "headers">) {
  const opened = row.headers.map(({ name, sealed }) => [
    name,
    open(key, sealed, contextOf(row.id, name)).toString(),
  ])
  return Object.fromEntries(opened) as Record<string, string> // pairs of strings
}

export const wrong = (field: string, say: string) =>
  fault("invalid", { say, fields: { [field]: say } })
