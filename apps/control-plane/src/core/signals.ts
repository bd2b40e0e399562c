import type { Ctx } from "./ctx.ts"
import type { Phase } from "./phase.ts"
import { listSignals, putSignal, type SignalRow } from "./queries.ts"

export interface Signal {
  /** the child, by its loop and, where there are several, its id: `runs`, `apps/app_…` */
  child: string
  phase: Phase
  /** a sentence for people */
  detail: string | null
  /** what the child is about, in words */
  about?: string
  /** a change of phase or of what it is about is news of the parent itself */
  isNews?: boolean
}

/**
 * Tells a parent what a child is like; the parent's kind derives its own state from all signals.
 * False when that is what it said before.
 */
export async function signal(ctx: Ctx, parentId: string, said: Signal): Promise<boolean> {
  return putSignal(ctx.db, {
    organizationId: ctx.organizationId,
    parentId,
    child: said.child,
    phase: said.phase,
    detail: said.detail,
    about: said.about ?? null,
    newsAt: said.isNews ? ctx.clock.now() : null,
  })
}

/** Everything a parent's children said last, in the order of their names. */
export function signalsOf(ctx: Ctx, parentId: string): Promise<SignalRow[]> {
  return listSignals(ctx.db, parentId)
}
