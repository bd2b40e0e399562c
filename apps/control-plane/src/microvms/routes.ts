import { fault } from "@vibecaas/kernel/fault"
import type { Handlers } from "../core/kind.ts"
import { openPath } from "../core/own-paths.ts"
import { needProject } from "../projects/index.ts"
import { showMicrovm } from "./microvm.ts"
import type { LoopParts } from "./parts.ts"
import { createPreviewLink } from "./preview-links.ts"
import { findOfProject } from "./queries.ts"
import { readAppLog } from "./read-app-log.ts"
import { startApp } from "./start-app.ts"
import { restartMachine, startMachine, stopMachine } from "./start-machine.ts"

export function microvmHandlers(parts: LoopParts): Handlers<"microvms"> {
  const headOf = (projectId: string) => parts.repositories.of(projectId).head()
  return {
    "GET /projects/{projectId}/microvm": async ({ ctx, params }) => {
      await needProject(ctx, params.projectId)
      const row = await findOfProject(ctx.db, params.projectId)
      if (!row) throw fault("not_found", { say: "This project has no machine yet." })
      return showMicrovm(row)
    },
    "POST /projects/{projectId}/microvm/start": async ({ ctx, params }) =>
      showMicrovm(await startMachine(ctx, { ...params, newest: await headOf(params.projectId) })),
    "POST /projects/{projectId}/microvm/stop": async ({ ctx, params }) =>
      showMicrovm(await stopMachine(ctx, params.projectId)),
    "POST /projects/{projectId}/microvm/restart": async ({ ctx, params }) =>
      showMicrovm(await restartMachine(ctx, params.projectId)),
    "POST /projects/{projectId}/app": async ({ ctx, params, body }) => {
      const commit = await chooseCommit(parts, params.projectId, body.commit)
      return showMicrovm(await startApp(ctx, { ...params, commit, trust: "untrusted" }))
    },
    "GET /projects/{projectId}/logs": async ({ ctx, params, query }) => {
      await needProject(ctx, params.projectId)
      const row = await findOfProject(ctx.db, params.projectId)
      return { text: row ? await readAppLog(parts.live, row, query.tailBytes) : "" }
    },
    "POST /projects/{projectId}/preview-links": ({ ctx, params, body, principal }) =>
      createPreviewLink(ctx, {
        ...params,
        returnTo: body.returnTo,
        viewer: { userId: principal.userId, sessionId: principal.sessionId },
        previewUrl: parts.previewUrl,
        openPath,
      }),
  }
}

/** @throws Fault `conflict` when nothing was written yet, `not_found` for a commit that is not there */
async function chooseCommit(
  parts: LoopParts,
  projectId: string,
  commit: string | undefined,
): Promise<string> {
  const repository = parts.repositories.of(projectId)
  const head = await repository.head()
  if (head === null) {
    throw fault("conflict", { say: "The project has no files yet, so there is nothing to run." })
  }
  if (commit === undefined || commit === head) return head
  const there = await repository.list(commit).catch(() => undefined)
  if (!there) throw fault("not_found", { say: "There is no such version." })
  return commit
}
