import type { Clock } from "@vibecaas/kernel/clock"
import type { StoreBackend } from "./backend.ts"
import type { Engine, StoreOrder } from "./engine.ts"
import type { HttpScript } from "./http-script.ts"
import type { Release } from "./release.ts"
import { runScript, type ScriptOutcome } from "./run-script.ts"
import { termsOf } from "./terms.ts"

export interface Probing {
  backend: Pick<StoreBackend, "connect">
  engine: Engine
  release: Release
  clock: Clock
  signal?: AbortSignal
}

/**
 * `live` it answers · `ready` it could sell · `options` goes through a purchase up to the payment
 * options · `order` buys, finds the order in the admin API and cancels it.
 */
export const storeProbes = ["live", "ready", "options", "order"] as const
export type StoreProbe = (typeof storeProbes)[number]

/** @param mark lower-case letters and digits: in the order, so that people know it for a probe's */
export function probeStore(
  probing: Probing,
  probe: StoreProbe,
  mark = "probe",
): Promise<ScriptOutcome> {
  const probes = probing.engine.probes(termsOf(probing.engine, probing.release))
  const script: HttpScript =
    probe === "live" || probe === "ready" ? { steps: [probes[probe]] } : probes.deep
  return runScript({
    ...talkTo(probing),
    ...{ script, upTo: probe === "order" ? "order" : "options" },
    variables: { ...secretsOf(probing.release), mark },
  })
}

/** @returns the last orders, newest first; or why they could not be read */
export async function readOrders(
  probing: Probing,
  limit: number,
): Promise<{ orders: StoreOrder[] } | { failed: ScriptOutcome }> {
  const reading = probing.engine.orders(termsOf(probing.engine, probing.release), limit)
  const outcome = await runScript({
    ...talkTo(probing),
    ...{ script: reading.script, upTo: "order" as const },
    variables: { ...secretsOf(probing.release), limit },
  })
  return outcome.ok ? { orders: reading.read(outcome.answer) } : { failed: outcome }
}

const talkTo = ({ backend, engine, release, clock, signal }: Probing) => ({
  ...{ clock, url: release.url, process: engine.serves.store },
  connect: (process: string) => backend.connect(release.storeId, process),
  ...(signal ? { signal } : {}),
})

const secretsOf = (release: Release) =>
  Object.fromEntries(
    Object.entries(release.secrets).map(([name, value]) => [`secret.${name}`, value]),
  )
