import { z } from "zod"

/** Every fault code and the HTTP status it becomes. */
export const faultStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  name_taken: 409,
  request_in_flight: 409,
  wrong_state: 409,
  run_in_progress: 409,
  version_mismatch: 412,
  too_large: 413,
  media_type: 415,
  misdirected: 421,
  invalid: 422,
  idempotency_mismatch: 422,
  path_refused: 422,
  quota_exceeded: 409,
  rate_limited: 429,
  internal: 500,
  model_failed: 502,
  isolation_refused: 409,
  machine_failed: 502,
  unavailable: 503,
  disk_full: 507,
} as const

export type FaultCode = keyof typeof faultStatus

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
