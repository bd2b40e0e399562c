import type { IdOf } from "@vibecaas/contract/kinds"
import { run } from "@vibecaas/kernel/spawn"
import type { MachineSession } from "../sessions.ts"
import type { MachineWorld } from "./machine-world.ts"
import { machineWorld } from "./machine-world.ts"
import { hostOfOurs } from "./own-host.ts"
import { openDraft } from "./sign-in.ts"

/** The registry that npm is set up to use here; nothing when it does not answer. */
export async function npmHere(): Promise<string | undefined> {
  const { stdout } = await run("npm", ["config", "get", "registry"])
  const base = String(stdout).trim()
  const answer = await fetch(new URL("is-number", base), {
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined)
  return answer?.ok ? base : undefined
}

export const whyNoNpm = " [skipped: no registry of packages is reached from here]"

/** Machines of this computer, with packages of that registry. */
export const worldWithNpm = (registry: string | undefined): Promise<MachineWorld> =>
  machineWorld(hostOfOurs, registry)

const { signal } = new AbortController()

/** A draft of a project with packages, started once and then following its branch, and who looks at it. */
export async function draftWithPackages(
  world: MachineWorld,
  name: string,
  { files, add }: { files: Record<string, string>; add: string[] },
) {
  const { id } = await world.project(name)
  const { organizationId } = world.org
  const of = { organizationId, projectId: id, draftOf: world.db.newId("run") }
  const { sessions } = world.server.apps
  const session = await sessions.session({ ...of, trust: "untrusted", signal })
  const commit = await withPackages(world, session, { id, files, add })
  const follow = () => sessions.follow({ ...of, branch: null, signal })
  return { id, session, commit, follow, ...(await openDraft(world, of)) }
}

/** Writes the files with packages among them; answers the commit. */
async function withPackages(
  world: MachineWorld,
  session: MachineSession,
  { id, files, add }: { id: IdOf<"project">; files: Record<string, string>; add: string[] },
): Promise<string> {
  const without = await world.push(id, files)
  const change = { add, remove: [], dev: true, signal }
  const { files: npm } = await session.changePackages(without, change)
  return world.push(id, npm)
}
