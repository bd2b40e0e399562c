import { systemClock } from "@vibecaas/kernel/clock"
import { makeLog } from "@vibecaas/kernel/log"
import { z } from "zod"
import { parentChannel } from "../../launcher/channel.ts"
import { serveDriver } from "../../launcher/serve-driver.ts"
import { makeSandboxDriver } from "./driver.ts"

/** A launcher for tests: a process of its own, so that it can run as another user and be killed. */
const input = z
  .object({
    stateDir: z.string(),
    dataRoot: z.string(),
    rung: z.enum(["bubblewrap", "unshare", "uid", "none"]),
    processesMax: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""))

const log = makeLog({ level: "warn", fd: 2 })
const driver = await makeSandboxDriver({
  stateDir: input.stateDir,
  dataRoot: input.dataRoot,
  nodePath: process.execPath,
  clock: systemClock,
  log,
  allowWeak: true,
  allowNoIsolation: true,
  rungs: [input.rung],
  diskCheckMs: 100,
  processesMax: input.processesMax,
})
serveDriver(driver, parentChannel(process), log)
process.on("disconnect", () => void driver.close().then(() => process.exit(0)))
process.send?.({ serving: true })
