import { fault } from "@vibecaas/kernel/fault"
import type { MicrovmRow } from "./microvm.ts"
import { inScope, type MicrovmsParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"

export interface Waiting {
  organizationId: string
  projectId: string
  signal: AbortSignal
  /** longest wait in `ms` */
  withinMs: number
}

const lookMs = 40

/**
 * Waits until `judge` answers something about a project's machine; it reads rows, so it does not
 * matter which process makes them change.
 *
 * @throws Fault `machine_failed` when the time is over or the machine is gone
 */
export async function waitFor<T>(
  parts: MicrovmsParts,
  waiting: Waiting,
  judge: (row: MicrovmRow) => T | undefined,
): Promise<T> {
  const until = parts.clock.now().getTime() + waiting.withinMs
  for (;;) {
    const row = await inScope(parts, waiting, (ctx) => findOfProject(ctx.db, waiting.projectId))
    if (!row || row.wanted === "gone") throw failed("The project's machine was removed.")
    const answer = judge(row)
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
