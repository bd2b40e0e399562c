import type { IdOf } from "@vibecaas/contract/kinds"
import type { Plan } from "@vibecaas/contract/plans"
import type { Store } from "@vibecaas/contract/store"
import { clockAt } from "@vibecaas/kernel/clock"
import { makeEngines } from "@vibecaas/stores/engines"
import type { Ctx } from "../../core/ctx.ts"
import { createOrganization } from "../../db/testing/seed.ts"
import { testDatabase } from "../../db/testing/test-database.ts"
import { testTurn } from "../../db/testing/test-turn.ts"
import { createStore, type WantedStore } from "../create-store.ts"
import { findStore } from "../queries/stores.ts"
import { storeLoop } from "../reconcile-store.ts"
import { showAll } from "../store-resource.ts"
import { makeMemoryBackend } from "./memory-backend.ts"
import { storesPartsOn } from "./parts-on.ts"
import { toyEngine } from "./toy-engine.ts"

/** Real PostgreSQL and the kind's own loop, with stores that run in this process. */
export async function storesWorld(options: { plan?: Plan; atOnce?: number } = {}) {
  const clock = clockAt("2026-03-02T10:00:00Z")
  const db = await testDatabase({ clock })
  const org = await createOrganization(db, { plan: options.plan ?? "team", personal: false })
  const memory = makeMemoryBackend(clock)
  const corrections: string[] = []
  const of = { engines: makeEngines([toyEngine]), backend: memory.backend }
  const parts = storesPartsOn(db, options.atOnce ? { ...of, atOnce: options.atOnce } : of)
  const { catalog, due } = parts
  const loop = storeLoop(parts)
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  /** One turn of each store that is due, in their order. */
  const turns = async () => {
    for (const key of await due()) {
      const turn = await testTurn(db.adminPool, { loop: loop.name, key })
      await loop.reconcile({ ...turn, correction: (what) => corrections.push(what) })
    }
  }
  const show = (id: IdOf<"store">): Promise<Store | undefined> =>
    act(async (ctx) => {
      const row = await findStore(ctx.db, id)
      return row && (await showAll(ctx, catalog, [row]))[0]
    })
  return {
    ...{ db, org, parts, act, clock, memory, corrections, turns, show, loop },
    create: async (wanted: Partial<WantedStore> & { name: string }) => {
      const { id } = await act((ctx) =>
        createStore(ctx, parts, { engine: "toy", plan: "basic", values: {}, ...wanted }),
      )
      return id
    },
    /** Turns, with time for what is tried again, until a store is in a state that lasts. */
    async settle(id: IdOf<"store">) {
      for (let turn = 0; turn < 80; turn++) {
        await turns()
        const state = (await show(id))?.state ?? "deleted"
        if (["ready", "stopped", "failed", "deleted"].includes(state) && !(await isAtWork(id)))
          break
        clock.advance(1000)
      }
      return show(id)
    },
    close: () => db.close(),
  }
  async function isAtWork(id: string) {
    const { rows } = await db.adminPool.query(
      "select 1 from stores where id = $1 and (work_id is not null or (wanted = 'stopped' and state <> 'stopped') or wanted = 'gone')",
      [id],
    )
    return rows.length > 0
  }
}
export type StoresWorld = Awaited<ReturnType<typeof storesWorld>>
