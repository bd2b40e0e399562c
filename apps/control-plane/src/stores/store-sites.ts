import type { Duplex } from "node:stream"
import { storeId } from "@vibecaas/contract/store"
import { type StoreState, storeSells } from "@vibecaas/contract/store-states"
import { targetOfHost } from "../db/named-functions.ts"
import { findStore } from "./queries/stores.ts"
import type { StoreRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

/** A store's shop or its admin at its host, as the gateway asks for it. */
export interface StoreSite {
  ref: { kind: "store"; id: string; part: "shop" | "admin"; organizationId: string }
  name: string
  visibility: "public"
  door: string
  /** @throws Fault `unavailable` */
  connect(): Promise<Duplex>
  show(): Promise<ReturnType<typeof shown>>
  port(): undefined
}

export interface StoreSites {
  find(host: string): Promise<StoreSite | undefined>
}

/** Which store has a host, and the way to its programs. */
export function makeStoreSites(
  parts: Pick<StoresParts, "database" | "backend" | "engines" | "domain">,
): StoreSites {
  return {
    async find(host) {
      const target = await targetOfHost(parts.database, host)
      if (target?.kind !== "store") return undefined
      const { organizationId } = target
      const id = storeId.parse(target.id)
      const read = () => parts.database.readOrganization(organizationId, (tx) => findStore(tx, id))
      const row = await read()
      if (!row || row.wanted === "gone") return undefined
      const part = host === `${row.label}.${parts.domain}` ? "shop" : "admin"
      const { serves } = parts.engines.find(row.engine)
      return {
        ref: { kind: "store", id, part, organizationId },
        name: row.name,
        visibility: "public",
        door: `/stores/${id}`,
        connect: () => parts.backend.connect(id, part === "shop" ? serves.store : serves.admin),
        show: async () => shown((await read()) ?? row),
        port: () => undefined,
      }
    },
  }
}

function shown(row: StoreRow) {
  return {
    state: stateForVisitors(row.state),
    ...{ detail: null, exitCode: null, logTail: [] },
    ...{ page: `/stores/${row.id}`, place: "store" },
  }
}

type StateShown = "running" | "failed" | "stopped" | "starting"

function stateForVisitors(state: StoreState): StateShown {
  if (storeSells(state)) return "running"
  if (state === "failed") return "failed"
  return state === "stopped" || state === "deleting" || state === "deleted" ? "stopped" : "starting"
}
