import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { describe, expect, test } from "vitest"
import type { Release } from "../../release.ts"
import { bringUp, proveOrder } from "../../suite/bring-up.suite.ts"
import { releaseFor, untilReady } from "../../suite/world.suite.ts"
import { chartsDir, engineCharts, valuesOf } from "./charts.suite.ts"
import { envSecretOf } from "./names.ts"
import { openHelmBackend } from "./open.ts"
import { killHelmIn, kubeconfigOf } from "./testing/cluster-hands.ts"
import { type ClusterWorld, spaceOf } from "./testing/cluster-world.ts"
import { probeScript } from "./testing/probe-script.ts"

/** What holds of the simulated shop on a real cluster, and is nobody else's. */
export function clusterFacts(world: () => ClusterWorld): void {
  const fact = (title: string, body: () => Promise<void>) => test(title, { concurrent: true }, body)
  const kubectl = (...argv: string[]) => world().bed.printed(["kubectl", ...argv])
  const made = async (more: Partial<Release> = {}) => {
    const release = await bringUp(world(), releaseFor(world(), more))
    return { release, namespace: spaceOf(release.storeId) }
  }

  describe.each(engineCharts)("chart %s at the API server", (chart) => {
    test.each(valuesOf(chart))("%s is taken, and violates no standard of pods", async (file) => {
      const { bed, options } = world()
      const space = `dry-${file.replaceAll(/\W/g, "-")}`
      await kubectl("create", "namespace", space)
      await kubectl("label", "namespace", space, "pod-security.kubernetes.io/enforce=restricted")
      const dir = join(chartsDir, chart)
      const values = ["--values", join(dir, file)]
      await bed.printed([
        ...[options.helmPath, "install", "store", dir, "--namespace", space, "--dry-run=server"],
        ...values,
      ])
      const text = await bed.printed([options.helmPath, "template", "store", dir, ...values])
      const argv = ["apply", "--namespace", space, "--dry-run=server", "--validate=strict", "-f-"]
      expect(await bed.printed(["kubectl", ...argv], text)).not.toMatch(/Warning/)
      await kubectl("delete", "namespace", space, "--wait=false")
    })
  })

  fact(
    "a shop reaches name servers and nothing else, and nobody reaches it who is not let in",
    async () => {
      const [one, other] = [await made(), await made()]
      const service = (namespace: string) => `store-shop.${namespace}.svc.cluster.local`
      const script = probeScript({
        "name servers": ["kubernetes.default.svc.cluster.local", 0],
        "another store": [service(other.namespace), 80],
        "the API server": ["kubernetes.default.svc.cluster.local", 443],
        "the host": [world().bed.hostAddress, 22],
        "the address of metadata": ["169.254.169.254", 80],
        "a private network": ["10.0.0.1", 80],
        "the world": ["1.1.1.1", 443],
      })
      const inside = ["exec", "--namespace", one.namespace, "deploy/store-shop", "--"]
      const found = await kubectl(...inside, "/usr/local/bin/node", "--eval", script)
      expect(JSON.parse(found)).toEqual({
        ...{ "name servers": "open", "another store": "refused", "the API server": "refused" },
        ...{ "the host": "refused", "the address of metadata": "refused" },
        ...{ "a private network": "refused", "the world": "refused" },
        ...{ user: 1000, "a token": "none", "its own file system": "read-only" },
      })
      for (const { release } of [one, other]) await world().backend.destroy(release.storeId)
    },
  )

  fact("pods of root, of the host or with rights are let into no store's namespace", async () => {
    const { backend } = world()
    const release = releaseFor(world())
    await backend.ensure(release, "none")
    const pod = (spec: object, container: object = {}) =>
      JSON.stringify({
        ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "bad" } },
        spec: { containers: [{ name: "c", image: "a:1", ...container }], ...spec },
      })
    const at = ["--namespace", spaceOf(release.storeId), "--dry-run=server", "-f-"]
    for (const bad of [
      pod({}),
      pod({ hostNetwork: true }),
      pod({ volumes: [{ name: "v", hostPath: { path: "/" } }] }),
      pod({}, { securityContext: { privileged: true } }),
      pod({}, { securityContext: { runAsUser: 0 } }),
    ]) {
      const create = world().bed.printed(["kubectl", "create", ...at], bad)
      await expect(create).rejects.toThrow(/violates PodSecurity "restricted/)
    }
    await backend.destroy(release.storeId)
  })

  fact(
    "a Helm that was killed in the middle leaves a release that the next call puts in order",
    async () => {
      const { backend, bed, options } = world()
      const { release, namespace } = await made()
      await killHelmIn(world(), namespace)
      const statuses = async () => {
        const argv = ["history", "store", "--namespace", namespace, "--output", "json"]
        const list: { status: string }[] = JSON.parse(
          await bed.printed([options.helmPath, ...argv]),
        )
        return list.map(({ status }) => status)
      }
      expect((await statuses()).at(-1)).toBe("pending-upgrade")
      await untilReady(world(), { ...release, verbose: true })
      expect((await statuses()).at(-1)).toBe("deployed")
      await proveOrder(world(), release, "mended")
      expect(await backend.destroy(release.storeId)).toEqual([])
    },
  )

  fact(
    "a namespace that is there is adopted, and what others changed in it is taken back",
    async () => {
      const { backend } = world()
      const release = releaseFor(world())
      const namespace = spaceOf(release.storeId)
      await kubectl("create", "namespace", namespace)
      await kubectl("create", "quota", "store", "--hard=pods=1", "--namespace", namespace)
      await bringUp(world(), release)
      const pods = await kubectl(
        ...["get", "quota", "store", "--namespace", namespace],
        ...["--output", "jsonpath={.spec.hard.pods}"],
      )
      expect(pods).toBe("10")
      expect(await backend.destroy(release.storeId)).toEqual([])
      expect(await world().leftovers(release.storeId)).toEqual([])
    },
  )

  fact("an image that is nowhere is told as that, and not as a store that takes long", async () => {
    const backend = await openHelmBackend({
      ...world().options,
      image: "bed.local/absent-{engine}:1",
    })
    const release = releaseFor(world())
    await expect(backend.exec(release, { name: "migrate" })).rejects.toMatchObject({
      ...{ code: "unavailable", say: expect.stringContaining("image is not installed") },
    })
    expect(await backend.destroy(release.storeId)).toEqual([])
    await backend.close()
  })

  fact("a store that lost its volume gets no empty one, and says so", async () => {
    const { backend } = world()
    const { release, namespace } = await made()
    await backend.ensure(release, "stopped")
    await kubectl("delete", "pvc", "data", "--namespace", namespace)
    await backend.ensure(release, "none")
    expect(await backend.look(release.storeId)).toMatchObject({
      ...{ drift: ["Its database is gone."], datastore: { state: "absent" } },
    })
    expect(await backend.destroy(release.storeId)).toEqual([])
  })

  fact("Helm and the platform tell the same history; secrets are in none of it", async () => {
    const { backend, bed, options } = world()
    const { release, namespace } = await made()
    const [revision] = await backend.history(release.storeId)
    const seen = await backend.look(release.storeId)
    expect(seen.revision).toMatchObject({ number: revision?.number, version: release.version })
    const kept = await bed.printed([
      ...[options.helmPath, "get", "all", "store", "--namespace", namespace],
    ])
    for (const secret of Object.values(release.secrets)) expect(kept).not.toContain(secret)
    expect(kept).toContain(envSecretOf("shop"))
    const back = await backend.rollback({ ...release, verbose: true }, revision?.number ?? 0)
    expect(back.revision?.number).toBeGreaterThan(revision?.number ?? 0)
    expect((await backend.history(release.storeId)).map(({ about }) => about)).toEqual([
      ...["Rolled back to 1", "Installed"],
    ])
    await backend.destroy(release.storeId)
  })

  fact(
    "two identities with no more rights than they need make, save and remove a store, which is reached through the API server",
    async () => {
      const { bed, options } = world()
      const space = "platform"
      await kubectl("create", "namespace", space)
      const rights = join(chartsDir, "store-rights")
      await bed.printed([options.helmPath, "install", "rights", rights, "--namespace", space])
      const limited = await openHelmBackend({
        ...options,
        kubeconfig: await kubeconfigOf(world(), { space, name: "vibecaas-stores" }),
        namespacesKubeconfig: await kubeconfigOf(world(), {
          space,
          name: "vibecaas-stores-namespaces",
        }),
        ...{ clusterRole: "vibecaas-stores", prefix: "limited", reach: "forward", gateways: [] },
      })
      const there = { ...world(), backend: limited }
      const release = await bringUp(there, releaseFor(there))
      await proveOrder(there, release, "limited")
      await limited.backup(release, "limited")
      expect(await limited.history(release.storeId)).toHaveLength(1)
      expect(await limited.destroy(release.storeId)).toEqual([])
      await limited.close()

      const may = (name: string, ...what: string[]) =>
        bed
          .printed([
            "kubectl",
            "auth",
            "can-i",
            ...what,
            `--as=system:serviceaccount:${space}:${name}`,
          ])
          .then(
            () => true,
            () => false,
          )
      for (const name of ["vibecaas-stores", "vibecaas-stores-namespaces"]) {
        for (const what of [
          ["get", "secrets", "--namespace", "kube-system"],
          ["get", "secrets", "--namespace", space],
          ["create", "pods", "--namespace", "kube-system"],
          ["get", "nodes"],
          ["escalate", "clusterroles"],
          ["bind", "clusterroles/cluster-admin"],
          ["impersonate", "users"],
          ["create", "clusterrolebindings"],
        ]) {
          expect([name, ...what, await may(name, ...what)]).toEqual([name, ...what, false])
        }
      }
    },
  )

  fact("a store can be destroyed while a step of it runs", async () => {
    const { backend } = world()
    const release = releaseFor(world())
    await backend.ensure(release, "none")
    const step = backend.exec(release, { name: "migrate" }).catch(() => {})
    await systemClock.sleep(1500)
    expect(await backend.destroy(release.storeId)).toEqual([])
    await step
    expect(await backend.destroy(release.storeId)).toEqual([])
    expect(await world().leftovers(release.storeId)).toEqual([])
  })

  fact(
    "what a cluster does not let end is named with what holds it, and goes once nothing does",
    async () => {
      const { backend, bed } = world()
      const release = releaseFor(world())
      const namespace = spaceOf(release.storeId)
      await backend.ensure(release, "none")
      const held = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "held", finalizers: ["example.test/hold"] },
      }
      await bed.printed(
        ["kubectl", "create", "--namespace", namespace, "-f-"],
        JSON.stringify(held),
      )
      const impatient = await openHelmBackend({ ...world().options, goneMs: 8000 })
      expect(await impatient.destroy(release.storeId)).toMatchObject([
        { kind: "object", because: expect.stringContaining("example.test/hold") },
      ])
      await expect(backend.ensure(release, "none")).rejects.toMatchObject({ code: "unavailable" })
      const free = [
        "patch",
        "configmap",
        "held",
        "--type=merge",
        "--patch",
        '{"metadata":{"finalizers":null}}',
      ]
      await kubectl(...free, "--namespace", namespace)
      expect(await backend.destroy(release.storeId)).toEqual([])
      await impatient.close()
    },
  )
}
