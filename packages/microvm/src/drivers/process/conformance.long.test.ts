import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { processesMarked } from "@vibecaas/kernel/processes"
import type { DriverWorld } from "../../suite/context.suite.ts"
import { vmDriverSuite } from "../../vm-driver.suite.ts"
import { exists } from "../sandbox/stage.ts"
import { openProcesses } from "./driver.ts"

const uid = process.getuid?.() === 0 ? 219_504 : undefined

async function processWorld(): Promise<DriverWorld> {
  const dir = await mkdtemp(join(tmpdir(), "vm-"))
  await chmod(dir, 0o711)
  const places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data` }
  const parts = { ...places, nodePath: process.execPath, clock: systemClock, log: silentLog }
  const driver = await openProcesses({ ...parts, uid })
  return {
    driver,
    rung: "plain",
    outside: dir,
    dataPath: (id) => `${places.dataRoot}/${id}`,
    async leftovers(id) {
      const directory = `${places.stateDir}/${id}`
      const processes = await processesMarked(`VM_MACHINE=${id}`)
      return [
        ...((await exists(directory)) ? [directory] : []),
        ...processes.map((pid) => `process ${pid}`),
      ]
    },
    async close() {
      await driver.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const noWalls = "there are no walls"
const noLimits = "nothing is limited"
vmDriverSuite("process", processWorld, {
  skip: {
    "no network is reached, neither the host's localhost nor a metadata service": noWalls,
    "a file of the host cannot be read": noWalls,
    "an app that listens on IPv6's loopback only is found":
      "the port may be another program's on that address",
    "other machines' processes are out of sight": noWalls,
    "system calls that break out of sandboxes are refused": noWalls,
    "another machine's data cannot be read": noWalls,
    "no right can be gained and the system cannot be written to": noWalls,
    "a process that cut all its ties ends with the machine": "nothing tells whose it was",
    "a fork bomb stays in its machine and can be stopped": noLimits,
    "an app that fills the disk is stopped until there is room": noLimits,
    "a machine whose disk keeps filling is ended; its data stay": noLimits,
    "an app that eats memory dies, not its neighbours": noLimits,
  },
})
