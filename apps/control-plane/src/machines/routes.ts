import { machineId } from "@vibecaas/contract/kinds/machines"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { addMachine } from "./ensure-machine.ts"
import { showMachine } from "./machine.ts"
import { listOfProject } from "./queries.ts"
import { deleteMachine, needMachine, stopMachine } from "./start-machine.ts"

export const machineHandlers: Handlers<"machines"> = {
  "GET /projects/{projectId}/machines": async ({ ctx, params, query }) => {
    await needProject(ctx, params.projectId)
    const after = decodeCursor(position, query.cursor)?.id
    const rows = await listOfProject(ctx.db, params.projectId, { limit: query.limit + 1, after })
    return takePage(rows, query.limit, {
      show: showMachine,
      position: ({ id }) => ({ id }),
    })
  },
  "POST /projects/{projectId}/machines": async ({ ctx, params, body }) => {
    const { name, size = {} } = body
    // Nobody vouches for what will be put on it.
    const made = { ...params, ...(name ? { name } : {}), trust: "untrusted" } as const
    return showMachine(await addMachine(ctx, { ...made, size }))
  },
  "GET /machines/{machineId}": async ({ ctx, params }) =>
    showMachine(await needMachine(ctx, params.machineId)),
  "POST /machines/{machineId}/stop": async ({ ctx, params }) =>
    showMachine(await stopMachine(ctx, params.machineId)),
  "DELETE /machines/{machineId}": async ({ ctx, params }) =>
    showMachine(await deleteMachine(ctx, params.machineId)),
}

const position = z.object({ id: machineId })
