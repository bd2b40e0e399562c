import { type MachineUse, machineId } from "@vibecaas/contract/kinds/machines"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { addMachine } from "./ensure-machine.ts"
import type { LiveMachines } from "./live-machines.ts"
import { type MachineRow, showMachine } from "./machine.ts"
import { listOfProject } from "./queries.ts"
import { deleteMachine, needMachine, stopMachine } from "./start-machine.ts"

export const machineHandlers = (live: LiveMachines): Handlers<"machines"> => ({
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
  "GET /machines/{machineId}/use": async ({ ctx, params }) =>
    useOf(live, await needMachine(ctx, params.machineId)),
})

/** @throws Fault `wrong_state` while it does not run, `unavailable` */
async function useOf(live: LiveMachines, row: MachineRow): Promise<MachineUse> {
  const machine = row.state === "running" ? await live.find(row) : undefined
  if (!machine) throw fault("wrong_state", { say: "The machine does not run, so it uses nothing." })
  try {
    return await machine.guest.use()
  } catch (error) {
    // A machine that was started by an earlier version of the platform does not know the question.
    if (!isFault(error)) throw error
    const say = "The machine does not tell just now what it uses. Try again in a moment."
    throw fault("unavailable", { say, note: error.code, retryable: true })
  }
}

const position = z.object({ id: machineId })
