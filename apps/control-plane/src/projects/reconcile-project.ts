import { again, done, type Next } from "@vibecaas/reconcile/next"
import type { Actor, Parts } from "../core/ctx.ts"
import { wakeHolders } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { release } from "../quotas/index.ts"
import { announceDeleted } from "./announce.ts"
import { deleteProjectRow, findProject } from "./queries.ts"
import type { Repositories } from "./repository.ts"

const actor: Actor = { kind: "system", id: null, name: "the platform" }

/**
 * Tears a project down once it is wanted gone and nobody holds it: first its files, then its row.
 * A project that is wanted present needs nothing from this loop.
 */
export async function reconcileProject(
  parts: Parts & { repositories: Repositories },
  key: { organizationId: string; id: string },
): Promise<Next> {
  const who = { organizationId: key.organizationId, actor }
  const waiting = await parts.scope(who, async (ctx) => {
    const project = await findProject(ctx.db, key.id)
    if (!project || project.wanted === "present") return "nothing"
    // Again at each look: a holder whose wake was lost would wait for ever.
    return (await wakeHolders(ctx, key.id)) > 0 ? "held" : "free"
  })
  if (waiting === "nothing") return done
  if (waiting === "held") return again(5000)

  await parts.repositories.remove(key.id)
  await parts.scope(who, async (ctx) => {
    const project = await findProject(ctx.db, key.id)
    if (!project || !(await deleteProjectRow(ctx.db, key.id))) return
    await release(ctx, "projects", key.id)
    const details = { about: project.name }
    record(ctx, { action: "project.deleted", subject: key.id, details })
    announceDeleted(ctx, key.id)
  })
  return done
}
