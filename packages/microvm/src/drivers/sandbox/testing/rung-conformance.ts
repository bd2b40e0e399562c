import { test } from "vitest"
import { vmDriverSuite } from "../../../vm-driver.suite.ts"
import type { RungName } from "../rung.ts"
import { cannotTest, sandboxWorld } from "./sandbox-world.ts"

const noFilter = {
  "system calls that break out of sandboxes are refused": "only bubblewrap sets a filter of them",
}

const noNamespaces = {
  ...noFilter,
  "no network is reached, neither the host's localhost nor a metadata service":
    "the network is the host's",
  "a file of the host cannot be read": "the files are the host's",
  "an app that listens on IPv6's loopback only is found":
    "the port may be another program's on that address",
  "other machines' processes are out of sight": "the processes are the host's",
}

const oneUser = {
  ...noNamespaces,
  "another machine's data cannot be read": "all machines run as one user",
  "a process that cut all its ties ends with the machine": "nothing tells whose it was",
  "an app that eats memory dies, not its neighbours": "memory is not limited",
}

/** The suite on one rung, or one skipped test that says why not. */
export async function rungConformance(rung: RungName, as: "root" | "user"): Promise<void> {
  const title = `sandbox, ${rung}, as ${as}`
  const reason = await cannotTest(rung, as)
  if (reason !== undefined) return test.skip(`${title} [skipped: ${reason}]`, () => {})
  const skip = rung === "none" ? oneUser : rung === "uid" ? noNamespaces : memorySkip(as)
  const filter = rung === "unshare" ? noFilter : {}
  vmDriverSuite(title, () => sandboxWorld(rung, as), { skip: { ...skip, ...filter } })
}

function memorySkip(as: "root" | "user"): Record<string, string> {
  if (as === "root") return {}
  return { "an app that eats memory dies, not its neighbours": "no control group is ours to use" }
}
