import { randomBytes } from "node:crypto"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { StoreSeen } from "@vibecaas/stores/backend"
import { probeStore } from "@vibecaas/stores/probe-store"
import type { Release } from "@vibecaas/stores/release"
import { makeSecrets } from "@vibecaas/stores/secrets"
import { inTurn } from "../core/resource.ts"
import { seenDown } from "./failure-of.ts"
import { releaseOf } from "./release-of.ts"
import type { StoreId, WorkRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"
import { doneWith, failedAt, isWell, type Taking, type Tried } from "./work-parts.ts"

/** How long a store that is thrown away may take until it listens, in `ms`. */
const startMsMax = 5 * 60_000

/** The store that a drill makes and throws away; `known_stores` knows it while the drill is under way. */
export const drillIdOf = ({ id }: Pick<WorkRow, "id">) => `sto_${id.slice(4)}` as StoreId // the same digits

/**
 * Restores a backup into a store beside the real one, with keys of its own, and sends an order through it. It is
 * one step, since what it makes has secrets that are kept nowhere: broken off, it begins anew.
 */
export async function rehearse(taking: Taking): Promise<Tried> {
  const { parts, work, row } = taking
  const { backend } = parts
  const backupId = work.restoreId
  invariant(backupId, "a drill names the backup that it proves")
  let tried: Tried | undefined
  try {
    await throwAway(parts, work)
    const fresh = await releaseOfDrill(taking)
    await backend.prepare({ engine: fresh.engine, version: fresh.version })
    await backend.ensure(fresh, "none")
    await backend.restore(fresh, { storeId: work.restoreOf ?? row.id, backupId })
    const hook = await backend.exec(fresh, { name: "personalise" })
    if (!hook.ok) return failedAt("personalise", { hook })
    const release = { ...fresh, secrets: { ...fresh.secrets, ...hook.learned } }
    const ask = () => backend.ensure(release, "running")
    tried = (await notListening(taking, ask)) ?? (await sells(taking, release))
    return tried
  } finally {
    if (tried?.how !== "done")
      await bestEffort(parts.log, "throw a drill's store away", () => throwAway(parts, work))
  }
}

/** Nothing is left of it: not what its backend knows, nor what it finds. */
export async function clear({ parts, work }: Taking): Promise<Tried> {
  const left = await parts.backend.destroy(drillIdOf(work))
  const isThere = (await parts.backend.list()).includes(drillIdOf(work))
  if (left.length === 0 && !isThere) return doneWith("nothing of it is left")
  return failedAt("clear", { logTail: left.map(({ what, because }) => `${what}: ${because}`) })
}

/** @throws Fault `driver_failed` while something of it is left */
export async function throwAway({ backend }: StoresParts, work: WorkRow): Promise<void> {
  const left = await backend.destroy(drillIdOf(work))
  if (left.length === 0) return
  throw fault("driver_failed", {
    say: "The store of a restore drill could not be removed yet.",
    note: left.map(({ what, because }) => `${what}: ${because}`).join("; "),
    retryable: true,
  })
}

async function releaseOfDrill({ parts, turn, row, work }: Taking): Promise<Release> {
  const of = { row, version: work.toVersion, verbose: work.verbose }
  const release = await inTurn(parts, turn, (ctx) => releaseOf(ctx, parts, of))
  const secrets = makeSecrets(parts.engines.find(row.engine), randomBytes)
  return { ...release, storeId: drillIdOf(work), secrets: { ...secrets } }
}

/** Nothing once what is asked for listens. */
export async function notListening(
  { parts, turn }: Pick<Taking, "parts" | "turn">,
  ask: () => Promise<StoreSeen>,
): Promise<Tried | undefined> {
  const { clock } = parts
  const until = clock.now().getTime() + startMsMax
  for (;;) {
    const seen = await ask()
    if (isWell(seen)) return undefined
    const hasEnded = seen.processes.some(({ state }) => state === "ended")
    if (hasEnded) return failedAt("start", await seenDown(parts, seen.storeId, seen))
    if (clock.now().getTime() > until) return failedAt("start", { outOfTime: true })
    await clock.sleep(200, turn.signal)
  }
}

async function sells({ parts, turn, row, work }: Taking, release: Release): Promise<Tried> {
  const { backend, engines, clock } = parts
  const probing = { backend, engine: engines.find(row.engine), release, clock, signal: turn.signal }
  const outcome = await probeStore(probing, "order", `drill${work.id.slice(-8)}`)
  if (!outcome.ok) return failedAt("order", { probe: outcome })
  return doneWith(outcome.order ? `Order ${outcome.order} went through` : "An order went through")
}
