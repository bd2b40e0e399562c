import type { Log } from "@vibecaas/kernel/log"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import type { AppFile, Starter } from "@vibecaas/starters/starter"
import { blobId } from "../projects/index.ts"
import { ecosystems } from "./ecosystems.ts"
import { needsOf } from "./needs.ts"

export interface StarterBuildsParts {
  /** the platform's own, whose files everybody may see */
  starters(): Promise<readonly Pick<Starter, "id" | "files">[]>
  toolchains: Toolchains
  log: Log
}

/**
 * Tells whether a build, by what it is made from, is that of a starter as the platform has it. Such a
 * build may be everybody's. That of other files is its project's own: programs put secrets into what
 * they build, and who has the same files need not be who has built them.
 */
export function makeStarterBuilds(parts: StarterBuildsParts): (from: string) => Promise<boolean> {
  let read: Promise<ReadonlySet<string>> | undefined
  const known = () => {
    read ??= readBuilds(parts).catch((error: unknown) => {
      read = undefined
      parts.log.error({ err: error }, "builds of starters could not be told")
      return new Set<string>()
    })
    return read
  }
  return async (from) => (await known()).has(from)
}

async function readBuilds({
  starters,
  toolchains,
  log,
}: StarterBuildsParts): Promise<ReadonlySet<string>> {
  const built = (await starters()).flatMap(({ id, files }) => {
    try {
      return starterNeeds(files, toolchains).building?.from ?? []
    } catch (error) {
      // Its language is not on this host: nobody builds it here.
      log.debug({ err: error, starter: id }, "a starter cannot be built here")
      return []
    }
  })
  return new Set(built)
}

/** What the files of a starter need before they can run. @throws Fault `packages_failed` */
export function starterNeeds(
  files: readonly AppFile[],
  toolchains: Toolchains,
): ReturnType<typeof needsOf> {
  const used = ecosystems
    .map((ecosystem) => ({ ecosystem, files: textsOf(files, ecosystem) }))
    .filter(({ ecosystem, files }) => ecosystem.uses(files))
  const entries = files.map(({ path, content }) => ({
    ...{ path, sha: blobId(content), size: content.length },
  }))
  return needsOf(used, { files: entries, toolchains })
}

function textsOf(files: readonly AppFile[], ecosystem: (typeof ecosystems)[number]) {
  const wanted = new Set(ecosystem.files.map(({ path }) => path))
  const found = files.filter(({ path }) => wanted.has(path))
  return Object.fromEntries(found.map(({ path, content }) => [path, content.toString("utf8")]))
}
