import { afterAll, beforeAll, describe, test, vi } from "vitest"
import { storeSuite } from "../../store.suite.ts"
import { chartFacts } from "./charts.suite.ts"
import { clusterFacts } from "./cluster.suite.ts"
import { quotaFacts } from "./preflight.suite.ts"
import { bedNeeded } from "./testing/bed.ts"
import { type ClusterWorld, clusterWorld } from "./testing/cluster-world.ts"

const bed = process.env.VIBECAAS_TEST_KUBERNETES_BED ?? ""

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

if (bed === "") {
  test("stores on a cluster", ({ skip }) => skip(bedNeeded))
} else {
  describe("on a real cluster", () => {
    let made: ClusterWorld | undefined
    const world = () => {
      if (!made) throw new Error("the cluster is made before the first fact")
      return made
    }
    beforeAll(async () => {
      made = await clusterWorld(bed, process.env.VIBECAAS_TEST_HELM)
    })
    afterAll(() => made?.end())
    chartFacts(() => world().options.helmPath)
    storeSuite("simulator", async () => world(), { crashes: false, atOnce: true })
    clusterFacts(world)
    quotaFacts(world)
  })
}
