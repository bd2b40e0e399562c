import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import type { Key } from "@vibecaas/reconcile/key"
import { remoteBackend } from "@vibecaas/stores/remote/remote-backend"
import { z } from "zod"
import { makeDatabase } from "../../db/database.ts"
import { makePool } from "../../db/pool.ts"
import { makeScope } from "../../db/scope.ts"
import { testTurn } from "../../db/testing/test-turn.ts"
import { storeLoop } from "../reconcile-store.ts"
import { killEngines } from "./kill-engines.ts"
import { storesPartsOn } from "./parts-on.ts"

/** A server for tests that is nothing but the loop of stores: a process of its own, so that it can be killed. */
const urls = z
  .object({ app: z.string(), admin: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ""))

const database = makeDatabase(makePool({ url: urls.app, log: silentLog, name: "killed", max: 4 }))
const adminPool = makePool({ url: urls.admin, log: silentLog, name: "killed-admin", max: 2 })
const clock = systemClock
const newId = makeNewId(clock)
const backend = remoteBackend({
  send: (message) => void process.send?.(message),
  onMessage(listener) {
    process.on("message", listener)
    return () => process.off("message", listener)
  },
  onClose: (listener) => void process.once("disconnect", listener),
})
const db = { database, adminPool, clock, newId }
const scope = makeScope({ database, clock, newId, log: silentLog })
const parts = storesPartsOn({ ...db, scope }, { engines: killEngines, backend })
const loop = storeLoop(parts)
process.once("disconnect", () => process.exit(0))

async function takeTurn(key: Key): Promise<void> {
  const turn = await testTurn(adminPool, { loop: loop.name, key })
  await loop.reconcile(turn).catch((error) => {
    // As the loops do: what may pass by itself is tried again.
    if (!isFault(error)) throw error
  })
}

for (;;) {
  for (const key of await parts.due()) await takeTurn(key)
  await clock.sleep(25)
}
