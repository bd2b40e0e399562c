import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { makeDatabase } from "../../db/database.ts"
import { makePool } from "../../db/pool.ts"
import { makeScope } from "../../db/scope.ts"
import { makeGit, makeRepositories, makeSaving } from "../../projects/index.ts"
import { makeCatalogue } from "../../starters/index.ts"
import { noBrowser } from "../browser/no-browser.ts"
import { makePictures } from "../browser/pictures.ts"
import { makeAgents } from "../make-agents.ts"
import { defaultBudgets } from "../work/budget.ts"
import { appAi } from "./app-ai.ts"
import { appNetwork } from "./app-network.ts"
import { makeDriver } from "./drive-loops.ts"
import { noMcp } from "./no-mcp.ts"
import { processMachines } from "./process-machines.ts"
import { scriptedModels } from "./scripted-model.ts"
import { smallApp } from "./small-app.ts"

/**
 * A process that works through all runs that are due, to be killed while it does.
 *
 * argv: database URL, an administrator's URL of the same, directory of the repositories
 */
const [url = "", adminUrl = "", root = ""] = process.argv.slice(2)

const newId = makeNewId(systemClock)
const pool = makePool({ url, log: silentLog, name: "crash", max: 8 })
const database = makeDatabase(pool)
const scope = makeScope({ database, clock: systemClock, newId, log: silentLog })
const repositories = makeRepositories({
  root,
  git: makeGit("git"),
  newId,
  now: () => systemClock.now(),
})
const machines = await processMachines(repositories)
const leases = makePool({ url: adminUrl, log: silentLog, name: "crash-leases", max: 4 })
const driver = makeDriver(leases)
const agents = makeAgents({
  ...{ clock: systemClock, newId, log: silentLog, machines, repositories, scope },
  mcp: noMcp,
  ai: appAi({ clock: systemClock, newId, log: silentLog, scope }),
  network: appNetwork({ clock: systemClock, newId, log: silentLog, scope }),
  browser: noBrowser("Nobody looks in this test."),
  pictures: makePictures({ root: join(root, "pictures"), clock: systemClock, log: silentLog }),
  models: scriptedModels(smallApp),
  budgets: defaultBudgets,
  starters: makeCatalogue(root),
  saving: makeSaving(),
  previewUrl: (slug) => slug,
  tasksAtOnce: 4,
  watchEveryMs: 1000,
  due: driver.due,
})
await driver.settle(agents.loops)
await machines.close()
await Promise.all([pool.end(), leases.end()])
