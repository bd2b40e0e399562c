import { fault } from "@vibecaas/kernel/fault"
import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { showMachine } from "./machine.ts"
import { findOfProject } from "./queries.ts"
import { stopMachine } from "./start-machine.ts"

export const machineHandlers: Handlers<"machines"> = {
  "GET /projects/{projectId}/machine": async ({ ctx, params }) => {
    await needProject(ctx, params.projectId)
    const row = await findOfProject(ctx.db, params.projectId)
    if (!row) throw fault("not_found", { say: "This project has no machine yet." })
    return showMachine(row)
  },
  "POST /projects/{projectId}/machine/stop": async ({ ctx, params }) =>
    showMachine(await stopMachine(ctx, params.projectId)),
}
