import type { IdOf } from "@vibecaas/contract/kinds"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, afterEach, beforeAll } from "vitest"
import type { PackageFiles } from "../ecosystem.ts"
import type { WantedChange } from "../make-packages.ts"
import { anySignal, type PackageWorld, packageWorld } from "./package-world.ts"

export const newId = makeNewId(systemClock)

type Watched = Pick<Parameters<PackageWorld["packages"]["change"]>[1], "signal" | "print">

/** What tests of one language's packages have, from before the first of them on. */
export interface LanguagePackages {
  readonly upstream: PublicRegistry
  readonly world: PackageWorld
  /** a change of that language's packages */
  wanted(given: Partial<WantedChange>): WantedChange & Watched
  /** a project with these files, of which a change was made */
  projectWith(files: PackageFiles, change: Partial<WantedChange>): Promise<ProjectWith>
}

interface ProjectWith {
  projectId: IdOf<"project">
  commit: string
  changed: Awaited<ReturnType<PackageWorld["packages"]["change"]>>
}

/** A public registry with what is published there, and a platform beside it, for the tests of one block. */
export function languagePackages(
  ecosystem: NonNullable<WantedChange["ecosystem"]>,
  publish: (upstream: PublicRegistry) => void,
): LanguagePackages {
  let upstream: PublicRegistry
  let world: PackageWorld
  beforeAll(async () => {
    upstream = await publicRegistry()
    publish(upstream)
    world = await packageWorld(upstream.base)
  })
  afterEach(() => upstream.forgive())
  afterAll(async () => {
    await world?.close()
    await upstream?.close()
  })
  const wanted = (given: Partial<WantedChange>) => ({
    ...{ ecosystem, add: [], remove: [], dev: false },
    ...{ signal: anySignal, print: () => {}, ...given },
  })
  return {
    get upstream() {
      return upstream
    },
    get world() {
      return world
    },
    wanted,
    async projectWith(files, change) {
      const projectId = newId("prj")
      const commit = await world.push(projectId, { "README.md": "Mine", ...files })
      const changed = await world.packages.change({ projectId, commit }, wanted(change))
      return { projectId, commit: await world.push(projectId, changed.files), changed }
    },
  }
}
