import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { record } from "../../core/record.ts"
import { makeDatabase } from "../../db/database.ts"
import { makePool } from "../../db/pool.ts"
import { makeScope } from "../../db/scope.ts"

/** A process that records without end, four at a time, to be killed. argv: database URL, organization */
const [url = "", organizationId = ""] = process.argv.slice(2)
const database = makeDatabase(makePool({ url, log: silentLog, name: "append", max: 4 }))
const newId = makeNewId(systemClock)
const scope = makeScope({ database, clock: systemClock, newId, log: silentLog })
const actor = { kind: "system", id: null, name: "Platform" } as const

async function append(): Promise<never> {
  for (;;) {
    await scope({ organizationId, actor }, async (ctx) => {
      record(ctx, { action: "a.first", subject: "prj_1", details: {} })
      record(ctx, { action: "a.second", subject: "prj_1", details: { about: "ü 🐎" } })
    })
  }
}
await Promise.all([append(), append(), append(), append()])
