import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { expect, test } from "vitest"
import { withGo } from "./ecosystems/go/bring-go.ts"
import { anySignal, packageWorld } from "./testing/package-world.ts"
import { publicUpstreams } from "./testing/packages-in.ts"

const asked = fetch("https://proxy.golang.org/golang.org/toolchain/@v/list", {
  signal: AbortSignal.timeout(10_000),
})
const reached = await asked.then(
  async (answer) => {
    await answer.body?.cancel()
    return answer.ok
  },
  () => false,
)
const platform = `${process.platform}-${process.arch}`
const toolchains = withGo({ node: `${process.version}-${platform}` }, platform)
const reason = reached ? "" : " [skipped: no proxy of Go's modules is reached from here]"

test.skipIf(!reached || toolchains.go === undefined)(
  `a host without Go gets it through the registry, by the hash that the platform knows${reason}`,
  async () => {
    const world = await packageWorld(publicUpstreams, { toolchains })
    try {
      const projectId = makeNewId(systemClock)("prj")
      const main = 'package main\n\nfunc main() { println("built by what was brought") }\n'
      const commit = await world.push(projectId, {
        "go.mod": "module app\n\ngo 1.24\n",
        "main.go": main,
      })
      await world.packages.prepare({ projectId, commit }, anySignal)
      const guest = await world.machine()
      await world.packages.use(guest, { projectId, commit, folder: "/workspace", built: true })
      const { stdout, stderr } = await guest.exec(["sh", "-c", "./bin/app; command -v go"])
      expect(`${stderr}${stdout}`).toBe("built by what was brought\n/workspace/.gosdk/bin/go\n")
    } finally {
      await world.close()
    }
  },
  1_800_000,
)
