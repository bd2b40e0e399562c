import type { Ctx } from "./ctx.ts"
import type { Outbox } from "./outbox.ts"
import { insertEvents, insertRecords } from "./queries.ts"

/**
 * Says that an object is not as it was: `tell` runs once, right before the commit, and reads what
 * it tells then. It may say that something else changed, too.
 *
 * @param what names the change, e.g. `run/run_…`; the last `tell` given for a name counts
 */
export function changed(ctx: Ctx, what: string, tell: (ctx: Ctx) => Promise<void>): void {
  ctx.outbox.changes.set(what, () => tell(ctx))
}

/** Says that something follows from what was written: worked out once, before changes are told. */
export function derived(ctx: Ctx, what: string, derive: (ctx: Ctx) => Promise<void>): void {
  ctx.outbox.derivations.set(what, () => derive(ctx))
}

/** Writes everything that was said. @param wake writes the wakes, in the same transaction */
export async function flush(
  ctx: Ctx,
  wake: (wakes: { loop: string; id: string }[]) => Promise<void>,
): Promise<void> {
  const { outbox } = ctx
  await settle(outbox)
  if (outbox.events.length > 0) await insertEvents(ctx.db, ctx.organizationId, outbox.events)
  if (outbox.wakes.size > 0) await wake([...outbox.wakes.values()])
  // Last: from here to the commit nobody else in the organization appends to its chain.
  if (outbox.records.length > 0) await insertRecords(ctx.db, outbox.records)
}

/** Changes that lead to changes end somewhere; more than this many is a circle. */
const stepsMax = 200

async function settle({ derivations, changes }: Outbox): Promise<void> {
  for (let steps = 0; derivations.size + changes.size > 0; steps++) {
    if (steps === stepsMax) throw new Error(`changes go in a circle: ${[...changes.keys()]}`)
    await takeFirst(derivations.size > 0 ? derivations : changes)()
  }
}

function takeFirst(actions: Map<string, () => Promise<void>>): () => Promise<void> {
  const [what, action] = actions.entries().next().value ?? []
  if (what === undefined || action === undefined) return async () => {}
  actions.delete(what)
  return action
}
