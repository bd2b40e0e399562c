import { mkdirSync } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { simulatorEngine } from "../../../engines/simulator/engine.ts"
import { anyEngine, makeEngines } from "../../../engines.ts"
import type { ReachableBackend } from "../../../reachable.ts"
import type { StoreWorld } from "../../../suite/world.suite.ts"
import { chartsDir } from "../charts.suite.ts"
import { namespaceOf } from "../names.ts"
import { openHelmBackend } from "../open.ts"
import type { HelmOptions } from "../options.ts"
import { type Bed, openBed } from "./bed.ts"
import { layImage } from "./simulator-image.ts"

const prefix = "trial"
export const spaceOf = (storeId: string) => namespaceOf(prefix, storeId)

export interface ClusterWorld extends StoreWorld {
  bed: Bed
  options: HelmOptions
  backend: ReachableBackend
  /** ends the cluster */
  end(): Promise<void>
}

/** The simulated shop on a real cluster, by a Helm of the bed's or the one that is named. */
export async function clusterWorld(folder: string, helm?: string): Promise<ClusterWorld> {
  const bed = await openBed(folder)
  const root = join(bed.dir, "root")
  mkdirSync(root)
  await layImage(root)
  await bed.load("bed.local/store-simulator:1", root)
  const options: HelmOptions = {
    ...{ kubeconfig: bed.kubeconfig, helmPath: helm ?? join(bed.bin, "helm"), chartsDir },
    ...{ stateDir: join(bed.dir, "state"), dataRoot: join(bed.dir, "data"), prefix },
    ...{
      image: "bed.local/store-{engine}:1",
      reach: "services" as const,
      gateways: [`${bed.hostAddress}/32`],
    },
    ...{ engines: makeEngines([anyEngine(simulatorEngine)]), clock: systemClock, log: silentLog },
  }
  const world: ClusterWorld = {
    ...{ bed, options, backend: await openHelmBackend(options) },
    ...{ engine: anyEngine(simulatorEngine), versions: { from: "1.0.0", to: "2.0.0" }, values: {} },
    async crash() {
      await world.backend.close()
      world.backend = await openHelmBackend(options)
    },
    async killShop(storeId) {
      const namespace = spaceOf(storeId)
      const now = ["--selector", "vibecaas/process", "--grace-period=0", "--force"]
      await bed.printed(["kubectl", "delete", "pods", "--namespace", namespace, ...now])
    },
    damage: (storeId, backupId) =>
      flipByte(join(options.dataRoot, "backups", storeId, backupId, "database.dump")),
    leftovers: (storeId) => leftoversOf(bed, spaceOf(storeId)),
    // The bed is for every suite of a file: who opened it ends it.
    close: async () => {},
    async end() {
      await world.backend.close()
      await bed.close()
    },
  }
  return world
}

/** Every object that can be listed in a namespace, of whatever kind, and volumes that were claimed from it. */
async function leftoversOf(bed: Bed, namespace: string): Promise<string[]> {
  const kubectl = (...argv: string[]) => bed.printed(["kubectl", ...argv])
  const kinds = await kubectl("api-resources", "--verbs=list", "--namespaced", "--output", "name")
  const list = kinds.trim().split("\n").join(",")
  const objects = await kubectl("get", list, "--namespace", namespace, "--output", "name")
  const volumes = await kubectl(
    ...["get", "persistentvolumes", "--output"],
    `jsonpath={range .items[?(@.spec.claimRef.namespace=="${namespace}")]}{.metadata.name}{"\\n"}{end}`,
  )
  const spaces = await kubectl("get", "namespaces", "--output", "name")
  return [
    ...`${objects}${volumes}`.split("\n").filter((line) => line !== ""),
    ...spaces.split("\n").filter((name) => name === `namespace/${namespace}`),
  ]
}

async function flipByte(path: string): Promise<void> {
  await using file = await open(path, "r+")
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, 100)
  byte.writeUInt8((byte.readUInt8(0) + 1) % 256, 0)
  await file.write(byte, 0, 1, 100)
}
