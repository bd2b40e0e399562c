/** What several steps of works are made of. */
import type { StoreStep } from "@vibecaas/contract/store-states"
import type { HookOutcome, HookRun } from "@vibecaas/stores/backend"
import type { HookName } from "@vibecaas/stores/engine"
import { probeStore } from "@vibecaas/stores/probe-store"
import type { Release } from "@vibecaas/stores/release"
import { inTurn } from "../core/resource.ts"
import { writeProbe } from "./probe.ts"
import { keepLearned, releaseOf } from "./release-of.ts"
import { doneWith, failedAt, type Taking, type Tried } from "./work-parts.ts"

/** What is to run once the work is done. */
export const wantedRelease = (taking: Taking): Promise<Release> =>
  releaseIn(taking, { version: taking.work.toVersion, verbose: taking.work.verbose })

/** What ran before it. */
export const presentRelease = (taking: Taking): Promise<Release> =>
  releaseIn(taking, { version: taking.row.version, verbose: taking.work.verbose })

export function releaseIn(
  { parts, turn, row }: Pick<Taking, "parts" | "turn" | "row">,
  of: { version: string; verbose: boolean },
): Promise<Release> {
  return inTurn(parts, turn, (ctx) => releaseOf(ctx, parts, { row, ...of }))
}

/** Runs a hook with the wanted release, and keeps what it found out. */
export async function runHook(
  taking: Taking,
  hook: HookName,
  more: Pick<HookRun, "beside"> = {},
): Promise<Tried> {
  const { parts, turn, row, work } = taking
  const isUpgrading = work.work === "upgrade" || work.work === "upgrade_beside"
  const outcome = await parts.backend.exec(await wantedRelease(taking), {
    name: hook,
    ...(isUpgrading ? { fromVersion: work.fromVersion } : {}),
    ...more,
  })
  const { learned } = outcome
  await inTurn(parts, turn, (ctx) => keepLearned(ctx, parts, { id: row.id, learned }))
  if (!outcome.ok) return failedAt(stepOfHook(hook), { hook: outcome })
  return doneWith(factsIn(outcome))
}

const stepOfHook = (hook: HookName): StoreStep => (hook === "verify" ? "check" : hook)

function factsIn({ facts }: HookOutcome): string | undefined {
  const all = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  return all.length > 0 ? all.join(", ").slice(0, 300) : undefined
}

/** Sends an order of its own, told from all others of the store, and writes down how far it came. */
export async function tryOrder(
  { parts, turn, row }: Taking,
  probing: Parameters<typeof probeStore>[0],
): Promise<Tried> {
  const outcome = await probeStore(probing, "order", `probe${turn.fence}`)
  await inTurn(parts, turn, (ctx) => writeProbe(ctx, parts, { row, depth: "order", outcome }))
  return outcome.ok
    ? doneWith(outcome.order ? `order ${outcome.order}` : undefined)
    : failedAt("order", { probe: outcome })
}
