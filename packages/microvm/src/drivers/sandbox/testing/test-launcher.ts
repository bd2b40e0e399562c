import { systemClock } from "@vibecaas/kernel/clock"
import { makeLog } from "@vibecaas/kernel/log"
import { z } from "zod"
import { makeHost } from "../../../host.ts"
import { parentChannel } from "../../../launcher/channel.ts"
import { serveHost } from "../../../launcher/serve-host.ts"
import { openSandbox } from "../driver.ts"

/** A launcher for tests: a process of its own, so that it can run as another user and be killed. */
const input = z
  .object({
    stateDir: z.string(),
    dataRoot: z.string(),
    rung: z.enum(["bubblewrap", "unshare", "uid", "none"]),
    processesMax: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""))

const parts = { clock: systemClock, log: makeLog({ level: "warn", fd: 2 }) }
const sandbox = await openSandbox({
  ...parts,
  stateDir: input.stateDir,
  dataRoot: input.dataRoot,
  nodePath: process.execPath,
  diskCheckMs: 100,
  processesMax: input.processesMax,
})
const host = makeHost({
  ...parts,
  id: "test",
  drivers: [{ ...sandbox, rungs: sandbox.rungs.filter(({ name }) => name === input.rung) }],
  policy: { allowWeak: true, allowNoIsolation: true, requireIsolation: false },
})
serveHost(host, parentChannel(process), parts.log)
process.on("disconnect", () => void host.close().then(() => process.exit(0)))
process.send?.({ serving: true })
