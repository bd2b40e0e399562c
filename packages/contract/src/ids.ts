import { z } from "zod"

/** A prefix and a UUIDv7 in Crockford base 32: typed, and sortable by time. */
const idOf = <Prefix extends string>(prefix: Prefix, noun: string) =>
  z
    .templateLiteral(
      [`${prefix}_`, z.string().regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)],
      `not the id of ${noun}`,
    )
    .meta({ description: `id of ${noun}`, examples: [`${prefix}_01k9x3v8hde8r8z6h3gk5c2v9w`] })

export const organizationId = idOf("org", "an organization")
export const projectId = idOf("prj", "a project")
export const microvmId = idOf("vm", "a microVM")
export const runId = idOf("run", "a run")
export const taskId = idOf("tsk", "a task")
export const stepId = idOf("stp", "a step")
export const auditId = idOf("aud", "an audit record")
/** People's ids come from the sign-in library and have no prefix of ours. */
export const userId = z.string().min(1).max(64)

export type OrganizationId = z.infer<typeof organizationId>
export type ProjectId = z.infer<typeof projectId>
export type MicrovmId = z.infer<typeof microvmId>
export type RunId = z.infer<typeof runId>
export type TaskId = z.infer<typeof taskId>
export type StepId = z.infer<typeof stepId>
export type AuditId = z.infer<typeof auditId>
export type UserId = z.infer<typeof userId>

/** A point in time, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: false })
  .meta({ examples: ["2026-01-31T12:00:00.000Z"] })
