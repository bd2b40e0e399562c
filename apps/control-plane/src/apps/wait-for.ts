import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { actAsPlatform } from "../core/resource.ts"
import { findDraft, type MachineRow } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import type { AppsParts } from "./parts.ts"
import { findOnMachine } from "./queries.ts"

export interface Waiting {
  organizationId: string
  projectId: IdOf<"project">
  draftOf: string
  signal: AbortSignal
  /** longest wait in `ms` */
  withinMs: number
}

/** A run's draft, and its app if it has one. */
export interface Seen {
  machine: MachineRow
  app: AppRow | undefined
}

/** for news that were lost */
const lookMs = 1000

/**
 * Waits until `judge` answers something about a draft and its app; it reads rows, so it does not
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
    const news = new AbortController()
    // From before the look: what is committed meanwhile is a reason to look again.
    const endHearing = parts.news.hear(waiting.projectId, () => news.abort())
    try {
      const answer = judge(await look(parts, waiting))
      if (answer !== undefined) return answer
      const leftMs = until - parts.clock.now().getTime()
      if (leftMs <= 0) {
        throw failed(`The machine was not ready within ${Math.round(waiting.withinMs / 1000)} s.`)
      }
      const woken = AbortSignal.any([waiting.signal, news.signal])
      await parts.clock.sleep(Math.min(lookMs, leftMs), woken).catch(() => {})
      waiting.signal.throwIfAborted()
    } finally {
      endHearing()
    }
  }
}

async function look(parts: AppsParts, waiting: Waiting): Promise<Seen> {
  const scope = { ...waiting, readOnly: true }
  const { machine, app } = await actAsPlatform(parts, scope, async (ctx) => {
    const machine = await findDraft(ctx.db, waiting)
    return { machine, app: machine && (await findOnMachine(ctx.db, machine.id)) }
  })
  if (machine) return { machine, app }
  throw failed("The draft's machine was removed.")
}

export function failed(say: string, options: { retryable?: boolean } = { retryable: true }) {
  return fault("machine_failed", { say, ...options })
}
