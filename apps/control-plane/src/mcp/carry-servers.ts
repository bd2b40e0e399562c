import type { IdOf } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import { organizationKey } from "../tenants/index.ts"
import { openHeaders, sealHeaders } from "./headers.ts"
import { listServers, writeServer } from "./queries.ts"

/** Opens the headers of a project's servers; call what is answered where the project is by then. */
export async function carryServers(
  giving: Ctx,
  masterKey: MasterKey,
  projectId: IdOf<"project">,
): Promise<(taking: Ctx) => Promise<void>> {
  const servers = await listServers(giving.db, projectId)
  if (servers.length === 0) return async () => {}
  const key = await organizationKey(giving, masterKey)
  const carried = servers.map((row) => ({ id: row.id, headers: openHeaders(key, row) }))
  return async (taking) => {
    const theirs = await organizationKey(taking, masterKey)
    for (const { id, headers } of carried) {
      const wanted = Object.entries(headers).map(([name, value]) => ({ name, value }))
      const sealed = sealHeaders(theirs, { serverId: id, before: [] }, wanted)
      await writeServer(taking.db, id, { headers: sealed })
    }
  }
}
