import { expect, test } from "vitest"
import { bringUp } from "../../suite/bring-up.suite.ts"
import { releaseFor } from "../../suite/world.suite.ts"
import { type ClusterWorld, spaceOf } from "./testing/cluster-world.ts"

/** What a namespace's quota does to a store that is there already. */
export function quotaFacts(world: () => ClusterWorld): void {
  const fact = (title: string, body: () => Promise<void>) => test(title, { concurrent: true }, body)

  fact(
    "a quota that was lowered is named before Helm runs, and the shop that runs goes on",
    async () => {
      const { backend, bed } = world()
      const release = await bringUp(world(), releaseFor(world()))
      const [before] = await backend.history(release.storeId)
      const hard = JSON.stringify({ spec: { hard: { "limits.memory": "96Mi" } } })
      const namespace = spaceOf(release.storeId)
      const patch = ["patch", "resourcequota", "store", "--namespace", namespace, "--patch", hard]
      await bed.printed(["kubectl", ...patch])
      await expect(backend.ensure({ ...release, verbose: true }, "running")).rejects.toMatchObject({
        code: "quota_exceeded",
        say: expect.stringContaining("limits.memory: 192 MiB needed, 96 MiB allowed"),
      })
      expect(await backend.history(release.storeId)).toEqual([before])
      expect((await backend.look(release.storeId)).processes).toMatchObject([
        { state: "listening" },
      ])
      expect(await backend.destroy(release.storeId)).toEqual([])
    },
  )
}
