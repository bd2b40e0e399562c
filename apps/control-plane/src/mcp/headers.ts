import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import type { Vault } from "../secrets/index.ts"
import type { McpServerRow } from "./mcp-server.ts"

export interface WantedHeader {
  name: string
  /** absent: the one it has */
  value?: string | undefined
}

/** Values are kept by their server, by names as HTTP compares them. */
const keptAs = (name: string) => name.toLowerCase()

/** What the protocol and HTTP themselves say. */
const reserved = new Set([
  ...["host", "content-length", "content-type", "accept", "accept-encoding", "connection"],
  ...["transfer-encoding", "upgrade", "te", "trailer", "expect", "keep-alive", "last-event-id"],
  ...["mcp-session-id", "mcp-protocol-version", "proxy-authorization", "proxy-connection"],
])

/**
 * Names of what is sent with each request.
 *
 * @param before names of those that have a value already
 * @throws Fault `invalid` for a header twice, one of the protocol's, or without a value
 */
export function checkHeaders(wanted: readonly WantedHeader[], before: readonly string[]): string[] {
  const names = wanted.map(({ name }) => keptAs(name))
  const kept = new Set(before.map(keptAs))
  return wanted.map(({ name, value }, at) => {
    const lower = keptAs(name)
    if (reserved.has(lower)) throw wrong(`/headers/${at}/name`, `${name} is not yours to set.`)
    if (names.indexOf(lower) < at) throw wrong(`/headers/${at}/name`, `${name} is there twice.`)
    if (value === undefined && !kept.has(lower))
      throw wrong(`/headers/${at}/value`, "Write a value.")
    return name
  })
}

/** Keeps the values that were given, and forgets those of headers that are not sent any more. */
export async function keepHeaders(
  ctx: Ctx,
  vault: Vault,
  of: {
    server: Pick<McpServerRow, "id" | "projectId">
    wanted: readonly WantedHeader[]
    before: readonly string[]
  },
): Promise<void> {
  const { server, wanted, before } = of
  const names = new Set(wanted.map(({ name }) => keptAs(name)))
  for (const name of before.map(keptAs)) {
    if (!names.has(name)) await vault.drop(ctx, server.id, name)
  }
  const as = { by: server.id, projectId: server.projectId, type: "text" } as const
  for (const { name, value } of wanted) {
    if (value !== undefined) await vault.keep(ctx, { ...as, name: keptAs(name), value })
  }
}

/** What is sent to a server with each request. @throws Fault `seal_broken` */
export async function readHeaders(
  ctx: Ctx,
  vault: Vault,
  { id, headerNames }: Pick<McpServerRow, "id" | "headerNames">,
): Promise<Record<string, string>> {
  if (headerNames.length === 0) return {}
  const values = await vault.readAll(ctx, id)
  const need = (name: string) => {
    const value = values[keptAs(name)]
    invariant(value !== undefined, "each header of a server is kept with its value")
    return value
  }
  return Object.fromEntries(headerNames.map((name) => [name, need(name)]))
}

export const wrong = (field: string, say: string) =>
  fault("invalid", { say, fields: { [field]: say } })
