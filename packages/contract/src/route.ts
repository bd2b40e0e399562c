import type { z } from "zod"
import type { FaultCode } from "./faults.ts"
import type { Permission } from "./permissions.ts"

/**
 * Who may call a route.
 *
 * - `public`: anybody.
 * - `user`: anybody signed in; the answer concerns only that person.
 * - `organization`: a member of the organization named by `organizationId` in the query or body
 *   (the caller's personal organization when absent) whose role has the permission.
 * - `object`: a member of the organization that owns the object named by the path's first
 *   parameter, or else by `<object>Id` in the body or query. Whoever is not a member gets the same 404 as for an id that does not exist.
 * - `platform-admin`: administrators of this installation.
 */
export type Access =
  | { by: "public" }
  | { by: "user" }
  | { by: "organization"; permission: Permission }
  | { by: "object"; object: ObjectName; permission: Permission }
  | { by: "platform-admin" }

/** Objects that a call can name; the server knows how to find each one's owner. */
export type ObjectName = "organization" | "project" | "run"

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** One row of the table from which the server, OpenAPI, the client and the permission matrix are derived. */
export interface Route {
  /** one line for the API explorer */
  summary: string
  access: Access
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** the JSON body of the one successful answer; `null` for none */
  reply: { status: 200 | 201 | 202 | 204; body: z.ZodType | null }
  /** faults this route can answer beyond those that every route of its access can */
  faults?: readonly FaultCode[]
  /** accepts `Idempotency-Key` */
  idempotent?: boolean
  /** needs `If-Match` with the object's `version` when the header is sent */
  ifMatch?: boolean
  /** counts against the stricter limit for provisioning writes */
  provisions?: boolean
}

/** Routes keyed by `"METHOD /path/{param}"`, below `/api/v1`. */
export type RouteTable = Record<`${Method} /${string}`, Route>

type Output<T> = T extends z.ZodType ? z.output<T> : undefined
type Input<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a handler receives, parsed. */
export interface RouteInput<R extends Route> {
  params: Output<R["params"]>
  query: Output<R["query"]>
  body: Output<R["body"]>
}

/** What a handler returns and a client receives. */
export type RouteReply<R extends Route> = Output<R["reply"]["body"]>

/** What a client sends, before defaults are applied. */
export type RouteRequest<R extends Route> = (R["params"] extends z.ZodType
  ? { params: Input<R["params"]> }
  : { params?: undefined }) &
  (R["query"] extends z.ZodType ? { query?: Input<R["query"]> } : { query?: undefined }) &
  (R["body"] extends z.ZodType ? { body: Input<R["body"]> } : { body?: undefined })
