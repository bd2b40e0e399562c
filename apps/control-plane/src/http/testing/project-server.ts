import { agentRoutes } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { HandlersOf } from "../../core/kind.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { createProject, makeProjects, showProject } from "../../projects/index.ts"
import { serve } from "../served.ts"

/** `POST /projects` as the contract has it. */
const createOnly = { "POST /projects": agentRoutes["POST /projects"] }

/** Calls that handlers of tests wait for, so that two requests can be under way at once. */
export const gates = new Map<string, { reached: () => void; open: Promise<void> }>()
const previewUrl = (slug: string) => `http://${slug}.preview.localhost:3000`

/** Names steer the handler: `bug` throws, `broken reply` breaks the schema, a gate waits. */
const creating: HandlersOf<typeof createOnly> = {
  "POST /projects": async ({ ctx, body }) => {
    const name = body.name ?? "Untitled"
    const project = showProject(
      await createProject(ctx, { name, preview: body.preview }),
      previewUrl,
    )
    const gate = gates.get(name)
    gate?.reached()
    await gate?.open
    if (name === "bug") throw new Error("secret detail of ours")
    if (name === "broken reply") return { ...project, state: "no such state" } as never
    return { ...project, inside: "must not leave" } as Project
  },
}

/** Projects, and a way to create them that tests can steer. */
export const projectServer = {
  kinds: projectKinds,
  rows: () => serve("agents", createOnly, creating),
}

function projectKinds(db: TestDatabase) {
  const projects = makeProjects({
    ...{ scope: db.scope, clock: db.clock, newId: db.newId },
    log: { debug() {}, info() {}, warn() {}, error() {}, child: () => never() },
    repositories: { of: never, list: never } as never, // no test with it reads files
    saving: never,
    previewUrl,
    due: async () => [],
  })
  return { projects }
}

function never(): never {
  throw new Error("not part of these tests")
}
