import { fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import type { HookOutcome } from "./backend.ts"
import { classify, type FailureEvidence, type FailureKind } from "./failures.ts"

const hook = (more: Partial<HookOutcome> = {}): HookOutcome => ({
  ...{ ok: false, exitCode: 1, signal: null, timedOut: false, outOfMemory: false, ms: 5 },
  ...{ facts: {}, learned: {}, logTail: [] },
  ...more,
})
const end = { exitCode: 3, signal: null, outOfMemory: false, at: "2026-01-01T00:00:00Z" }
const probe = {
  ...{ ok: false, steps: [], ms: 5 },
  failed: { step: "Buy it", part: "order" as const, say: "It answered 500.", answer: "" },
}

const cases: Record<FailureKind, FailureEvidence> = {
  engine_not_installed: {
    step: "prepare",
    error: fault("unavailable", { say: "Medusa 2.1.0 is not installed. Install it with: x" }),
  },
  quota: { step: "place", error: fault("quota_exceeded", { say: "Too many." }) },
  out_of_memory: { step: "migrate", hook: hook({ outOfMemory: true, signal: "SIGKILL" }) },
  disk_full: { step: "seed", hook: hook({ logTail: ["write: No space left on device"] }) },
  port_taken: {
    step: "start",
    process: end,
    logTail: ["Error: listen EADDRINUSE: address already in use 127.0.0.1:21000"],
  },
  database_unreachable: { step: "start", datastore: "unreachable" },
  time_limit: { step: "migrate", hook: hook({ timedOut: true }) },
  migration_failed: { step: "migrate", hook: hook() },
  seed_failed: { step: "personalise", hook: hook({ exitCode: 0 }) },
  upgrade_failed: { step: "upgrade", hook: hook() },
  backup_damaged: {
    step: "restore",
    error: fault("invalid", { say: "The backup is damaged: the checksum is another one." }),
  },
  never_ready: { step: "ready", probe },
  crashed: { step: "start", process: end },
  probe_failed: { step: "order", probe },
  unknown: { step: "destroy" },
}

test.each(Object.entries(cases))("%s is told by its own signs", (kind, evidence) => {
  const failure = classify(evidence)
  expect(failure).toMatchObject({ kind, guide: kind.replaceAll("_", "-") })
  expect(failure.remedy).toMatch(/\.$/)
  expect(failure.say.length).toBeGreaterThan(10)
})

test("what the kernel says comes before what a log says", () => {
  const killed = { ...end, exitCode: null, signal: "SIGKILL", outOfMemory: true }
  const evidence = {
    step: "start" as const,
    process: killed,
    logTail: ["connect ECONNREFUSED 5432"],
  }
  expect(classify(evidence).kind).toBe("out_of_memory")
})

test("a heap that is full is memory too, wherever the kernel counts none", () => {
  const logTail = [
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
  ]
  expect(classify({ step: "start", process: end, logTail }).kind).toBe("out_of_memory")
})
