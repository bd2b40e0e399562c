import type { StoreFailureKind } from "@vibecaas/contract/store-states"
import { isFault } from "@vibecaas/kernel/fault"
import type { HookOutcome, ProcessSeen, StoreSeen } from "./backend.ts"
import type { HookName } from "./engine.ts"
import type { ScriptOutcome } from "./run-script.ts"

/** Those that are told by what was seen: whoever stops a work says the others. */
export type FailureKind = Exclude<StoreFailureKind, "stuck" | "cancelled">

/** Why something of a store failed, for people. */
export interface Failure {
  kind: FailureKind
  /** what happened, in a sentence */
  say: string
  /** what to do */
  remedy: string
  /** the section of the guide to common failures, as an anchor */
  guide: string
}

export type StoreStep =
  | ("prepare" | "place" | "start" | "ready" | "order" | "backup" | "restore" | "destroy")
  | HookName

/** What is known of a step that failed; every source that there is. */
export interface FailureEvidence {
  step: StoreStep
  hook?: HookOutcome
  /** how the process ended */
  process?: ProcessSeen["end"]
  probe?: ScriptOutcome
  datastore?: StoreSeen["datastore"]["state"]
  /** what was thrown */
  error?: unknown
  logTail?: readonly string[]
  /** the time that the whole work may take was over */
  outOfTime?: boolean
}

/**
 * The first rule that fits, from the surest sign to the vaguest: what the kernel or a fault says comes
 * before what can only be read out of a log.
 */
export function classify(evidence: FailureEvidence): Failure {
  const text = textOf(evidence)
  const rule = rules.find(({ fits }) => fits(evidence, text))
  const { kind, say, remedy } = rule ?? unknown
  return { kind, remedy, say: say(evidence), guide: kind.replaceAll("_", "-") }
}

interface Rule {
  kind: FailureKind
  fits(evidence: FailureEvidence, text: string): boolean
  say(evidence: FailureEvidence): string
  remedy: string
}

const unknown: Omit<Rule, "fits"> = {
  kind: "unknown",
  say: ({ step }) => `The step "${step}" failed for a reason that we do not know.`,
  remedy: "Read the evidence below, then use Retry with diagnostics: it logs more and keeps it.",
}

const rules: readonly Rule[] = [
  {
    kind: "engine_not_installed",
    fits: ({ error }, text) =>
      /\bis not installed\b/.test(isFault(error) ? error.say : "") ||
      /Cannot find module '@medusajs|plugin .*woocommerce.* does not exist/i.test(text) ||
      /^(ImagePullBackOff|ErrImageNeverPull|InvalidImageName)\b/m.test(text),
    say: ({ error }) => (isFault(error) ? error.say : "The engine is not installed completely."),
    remedy: "Ask whoever runs the platform to install it by the command named here, then retry.",
  },
  {
    kind: "quota",
    fits: ({ error }, text) =>
      isFault(error, "quota_exceeded") ||
      isFault(error, "host_full") ||
      /exceeded quota:|host_full|^FailedScheduling: .*Insufficient (cpu|memory)/m.test(text),
    say: () => "The store needs more than its plan or the organization allows.",
    remedy: "Choose a smaller plan, delete what is not needed, or ask for more.",
  },
  {
    kind: "out_of_memory",
    fits: ({ hook, process }, text) =>
      hook?.outOfMemory === true ||
      process?.outOfMemory === true ||
      /JavaScript heap out of memory|Allowed memory size of \d+ bytes exhausted|OOMKilled/.test(
        text,
      ),
    say: ({ step }) => `The store used more memory than its plan allows during "${step}".`,
    remedy: "Choose a plan with more memory, then retry.",
  },
  {
    kind: "disk_full",
    fits: ({ error }, text) =>
      isFault(error, "disk_full") || /ENOSPC|No space left on device/.test(text),
    say: ({ error }) => (isFault(error, "disk_full") ? error.say : "The disk is full."),
    remedy:
      "Choose a larger plan, or ask whoever runs the platform to free some space, then retry. Nothing was lost.",
  },
  {
    kind: "port_taken",
    fits: (_, text) => /EADDRINUSE|address already in use/i.test(text),
    say: () => "Another program uses the port that the store was given.",
    remedy: "Retry: the store gets another port.",
  },
  {
    kind: "database_unreachable",
    fits: ({ datastore }, text) => datastore === "unreachable" || databaseGone.test(text),
    say: () => "The store's database does not answer.",
    remedy:
      "Its server is started again by itself; retry in a minute. If it stays so, read the evidence.",
  },
  {
    kind: "backup_damaged",
    fits: ({ error, step }, text) =>
      step === "restore" && (isFault(error, "invalid") || /checksum|damaged/.test(text)),
    say: ({ error }) => (isFault(error) ? error.say : "The backup is damaged."),
    remedy: "Choose another backup. The store was not changed.",
  },
  {
    kind: "time_limit",
    fits: ({ outOfTime, hook }) => outOfTime === true || hook?.timedOut === true,
    say: ({ step }) => `The step "${step}" took longer than it may.`,
    remedy: "Retry. If it happens again, the host is too busy or the store has too much data.",
  },
  {
    kind: "migration_failed",
    fits: ({ step }) => step === "migrate",
    say: ({ hook }) => ended("The database's tables could not be made", hook),
    remedy: "Retry with diagnostics and read what the migration said.",
  },
  {
    kind: "upgrade_failed",
    fits: ({ step }) => step === "upgrade",
    say: ({ hook }) => ended("The data could not be brought to the new version", hook),
    remedy: "The store goes back to its backup. Read what the upgrade said before you try again.",
  },
  {
    kind: "seed_failed",
    fits: ({ step }) => step === "seed" || step === "personalise",
    say: ({ hook }) => ended("The first data could not be written", hook),
    remedy: "Retry with diagnostics and read what it said.",
  },
  {
    kind: "crashed",
    fits: ({ process }) => process !== undefined,
    say: ({ process }) =>
      `The shop's program ended by itself (${process?.signal ?? `exit code ${process?.exitCode ?? "unknown"}`}).`,
    remedy: "Read the last lines of its log, then retry.",
  },
  {
    kind: "never_ready",
    fits: ({ step }) => step === "start" || step === "ready",
    say: ({ probe, error }) =>
      isFault(error, "driver_failed")
        ? error.say
        : `The shop was started and is not ready to sell.${probe?.failed ? ` ${probe.failed.say}` : ""}`,
    remedy: "Read the last lines of its log, then retry.",
  },
  {
    kind: "probe_failed",
    fits: ({ probe }) => probe?.failed !== undefined,
    say: ({ probe }) =>
      `No order could go through the shop: "${probe?.failed?.step}" failed. ${probe?.failed?.say}`,
    remedy: "Read what the shop answered. If you changed shipping or payment, look there first.",
  },
]

const databaseGone =
  /ECONNREFUSED.*(5432|3306|\.s\.PGSQL)|Error establishing a database connection|SQLSTATE\[HY000\] \[2002\]|the database system is (starting up|shutting down)|terminating connection due to administrator command|connect ENOENT .*(PGSQL|mysqld)/i

function ended(what: string, hook: HookOutcome | undefined): string {
  if (!hook) return `${what}.`
  const how =
    hook.exitCode === 0
      ? "the program said nothing of a result"
      : `ended by ${hook.signal ?? `exit code ${hook.exitCode}`}`
  return `${what} (${how}).`
}

/** Where signs are read that only words have. */
function textOf({ hook, probe, error, logTail }: FailureEvidence): string {
  return [
    ...(hook?.logTail ?? []),
    ...(logTail ?? []),
    probe?.failed?.answer ?? "",
    isFault(error) ? `${error.say} ${error.note ?? ""}` : String(error ?? ""),
  ].join("\n")
}
