import { z } from "zod"

/**
 * Every code that a fault may carry: public ones with the HTTP status they become, and internal ones
 * by which parts of the platform tell each other what happened. An internal code that reaches HTTP
 * is a mistake of ours: it is answered as `internal` and logged with its own name.
 */
export const faults = {
  malformed: { status: 400 },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  access_needed: { status: 403 },
  origin_refused: { status: 403 },
  not_found: { status: 404 },
  method_not_allowed: { status: 405 },
  conflict: { status: 409 },
  name_taken: { status: 409 },
  quota_exceeded: { status: 409 },
  request_in_flight: { status: 409 },
  run_in_progress: { status: 409 },
  wrong_state: { status: 409 },
  version_mismatch: { status: 412 },
  too_large: { status: 413 },
  media_type: { status: 415 },
  idempotency_mismatch: { status: 422 },
  invalid: { status: 422 },
  path_refused: { status: 422 },
  rate_limited: { status: 429 },
  internal: { status: 500 },
  unavailable: { status: 503 },
  disk_full: { status: 507 },

  // keys and settings
  master_key_invalid: "internal",
  seal_broken: "internal",
  // loops
  holder_lost: "internal",
  lease_lost: "internal",
  turn_too_long: "internal",
  work_stuck: "internal",
  work_too_long: "internal",
  // agents and their models
  answer_broke_off: "internal",
  answer_refused: "internal",
  awaits_person: "internal",
  browser_failed: "internal",
  browser_missing: "internal",
  budget_exhausted: "internal",
  mcp_failed: "internal",
  model_failed: "internal",
  page_failed: "internal",
  run_cancelled: "internal",
  too_slow: "internal",
  // machines and their apps
  app_unavailable: "internal",
  machine_failed: "internal",
  nothing_to_start: "internal",
  packages_failed: "internal",
  // drivers of machines
  data_dir_refused: "internal",
  data_in_use: "internal",
  driver_failed: "internal",
  driver_unknown: "internal",
  host_busy: "internal",
  host_full: "internal",
  host_unknown: "internal",
  isolation_refused: "internal",
  launcher_gone: "internal",
  path_too_long: "internal",
  state_dir_in_use: "internal",
  vm_boot_failed: "internal",
  vm_not_gone: "internal",
  vm_spec_invalid: "internal",
  // guest agents
  guest_broken: "internal",
  guest_failed: "internal",
  guest_lost: "internal",
  guest_silent: "internal",
  guest_timeout: "internal",
  not_a_file: "internal",
  outside: "internal",
  port_closed: "internal",
  refused: "internal",
  spawn_failed: "internal",
  too_many_files: "internal",
  too_many_processes: "internal",
} as const satisfies Record<string, { status: number } | "internal">

export type FaultCode = keyof typeof faults

/** Codes that clients may get. */
export type PublicFaultCode = {
  [Code in FaultCode]: (typeof faults)[Code] extends { status: number } ? Code : never
}[FaultCode]

export function isFaultCode(text: string): text is FaultCode {
  return Object.hasOwn(faults, text)
}

/** The status of a public code; undefined for an internal one. */
export function statusOf(code: PublicFaultCode): number
export function statusOf(code: FaultCode): number | undefined
export function statusOf(code: FaultCode): number | undefined {
  const kept = faults[code]
  return kept === "internal" ? undefined : kept.status
}

export const publicFaultCodes = (Object.keys(faults) as FaultCode[]).filter(
  (code): code is PublicFaultCode => statusOf(code) !== undefined,
)

/** RFC 9457 problem JSON, the body of every answer that is not a success. */
export const problem = z
  .object({
    type: z.string().meta({ description: "URI of the code's documentation" }),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().meta({ description: "a sentence for people" }),
    requestId: z.string(),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "JSON pointer of an input to what is wrong with it" }),
  })
  .meta({ id: "Problem" })

export type Problem = z.infer<typeof problem>
