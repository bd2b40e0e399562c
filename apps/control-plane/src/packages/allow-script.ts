import type { IdOf } from "@vibecaas/contract/kinds"
import { packageScriptsMax } from "@vibecaas/contract/kinds/packages"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { lockLivingProject } from "../projects/index.ts"
import { deleteScript, insertScript, listScripts } from "./queries.ts"

export interface WantedScript {
  projectId: IdOf<"project">
  /** of a package of npm */
  name: string
  allowed: boolean
}

/**
 * Lets a package run its own script when it is installed for a project, or no longer. Nothing is installed
 * by it: the next start of the app or the next command of an agent does that. Asking for what is so already
 * changes nothing.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`
 */
export async function allowScript(
  ctx: Ctx,
  { projectId, name, allowed }: WantedScript,
): Promise<void> {
  const project = await lockLivingProject(ctx, projectId)
  const known = await listScripts(ctx.db, projectId)
  if (known.includes(name) === allowed) return
  if (!allowed) await deleteScript(ctx.db, { projectId, name })
  else {
    if (known.length >= packageScriptsMax) {
      const say = `${packageScriptsMax} packages of this project may run scripts already. Take the permission from one of them first.`
      throw fault("quota_exceeded", { say })
    }
    const { organizationId, actor, clock } = ctx
    const by = { allowedByName: actor.name, createdAt: clock.now() }
    await insertScript(ctx.db, { organizationId, projectId, name, ...by })
  }
  const action = allowed ? "package.allow_script" : "package.refuse_script"
  record(ctx, { action, subject: projectId, details: { about: project.name, package: name } })
}
