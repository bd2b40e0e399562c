import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { actAsPlatform } from "../core/resource.ts"
import { findMachineOfProject, type MachineRow } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"

export interface Waiting {
  organizationId: string
  projectId: IdOf<"project">
  signal: AbortSignal
  /** longest wait in `ms` */
  withinMs: number
}

/** A project's machine, and its app if it has one. */
export interface Seen {
  machine: MachineRow
  app: AppRow | undefined
}

const lookMs = 40

/**
 * Waits until `judge` answers something about a project's machine and app; it reads rows, so it does not
 * matter which process makes them change.
 *
 * @throws Fault `machine_failed` when the time is over or the machine is gone
 */
export async function waitFor<T>(
  parts: AppsParts,
  waiting: Waiting,
  judge: (seen: Seen) => T | undefined,
): Promise<T> {
  const until = parts.clock.now().getTime() + waiting.withinMs
  for (;;) {
    const { machine, app } = await actAsPlatform(
      parts,
      { ...waiting, readOnly: true },
      async (ctx) => ({
        machine: await findMachineOfProject(ctx.db, waiting.projectId),
        app: await findOfProject(ctx.db, waiting.projectId),
      }),
    )
    if (!machine || machine.wanted === "gone") throw failed("The project's machine was removed.")
    const answer = judge({ machine, app })
    if (answer !== undefined) return answer
    if (parts.clock.now().getTime() >= until) {
      throw failed(`The machine was not ready within ${Math.round(waiting.withinMs / 1000)} s.`)
    }
    await parts.clock.sleep(lookMs, waiting.signal)
  }
}

export function failed(say: string, options: { retryable?: boolean } = { retryable: true }) {
  return fault("machine_failed", { say, ...options })
}
