import type { StoreFailure } from "@vibecaas/contract/store"
import type { StoreStep, StoreWork } from "@vibecaas/contract/store-states"
import { isFault } from "@vibecaas/kernel/fault"
import type { StoreSeen } from "@vibecaas/stores/backend"
import { classify, type FailureEvidence } from "@vibecaas/stores/failures"
import type { StoresParts } from "./stores-parts.ts"

export interface WhyFailed {
  step: StoreStep | null
  evidence: FailureEvidence
  /** somebody cancelled it */
  cancelled?: true
  /** it has not moved for too long */
  stuck?: true
}

/** What is kept of it and shown to people. */
export function failureOf(
  why: WhyFailed,
  { work, at }: { work: StoreWork; at: Date },
): StoreFailure {
  const { step, evidence } = why
  const { kind, say, remedy, guide } = why.cancelled
    ? cancelled
    : why.stuck
      ? stuck
      : classify(evidence)
  const { hook, process, probe, logTail } = evidence
  return {
    ...{ kind, say, remedy: work === "upgrade_beside" ? goesOn : remedy },
    ...{ guide: `/guides/store-failures#${guide}`, work, step },
    exitCode: hook?.exitCode ?? process?.exitCode ?? null,
    logTail: [...(hook?.logTail ?? logTail ?? []), ...saidBy(evidence)].slice(-60),
    probe: probe?.failed
      ? `${probe.failed.step}: ${probe.failed.say} ${probe.failed.answer}`.slice(0, 2000)
      : null,
    at: at.toISOString(),
  }
}

/** Of a new version that was tried beside the store. */
const goesOn =
  "The version before was never away and goes on with all its data. Read what the new one said before you try again."

/** A fault's own sentence, where it says more than its class. */
const saidBy = ({ error }: FailureEvidence): string[] => (isFault(error) ? [error.say] : [])

const cancelled = {
  kind: "cancelled",
  guide: "cancelled",
  say: "Somebody cancelled it.",
  remedy: "Try again when you want it after all, or delete the store.",
} as const
const stuck = {
  kind: "stuck",
  guide: "stuck",
  say: "Nothing has moved for half an hour, so it was stopped.",
  remedy: "Retry with diagnostics, and read what its programs wrote.",
} as const

const tailLines = 60

/** The last lines of a store's programs, or why they cannot be read. */
export async function tailOf(
  { backend }: Pick<StoresParts, "backend">,
  storeId: string,
): Promise<string[]> {
  try {
    const { lines } = await backend.logs(storeId, { linesMax: tailLines })
    return lines.map(({ of, text }) => `${of}: ${text}`)
  } catch (error) {
    if (isFault(error)) return [error.say]
    throw error
  }
}

/** What a store that does not run says of why. */
export async function seenDown(
  parts: Pick<StoresParts, "backend">,
  storeId: string,
  { processes, datastore }: StoreSeen,
): Promise<Omit<FailureEvidence, "step">> {
  const dead = processes.find(({ state }) => state === "ended")
  return {
    ...(dead?.end ? { process: dead.end } : {}),
    ...{ datastore: datastore.state, logTail: await tailOf(parts, storeId) },
  }
}
