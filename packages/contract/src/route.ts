import type { z } from "zod"
import type { FaultCode } from "./faults.ts"

/**
 * Who may call a route.
 *
 * - `public`: anybody.
 * - `user`: anybody signed in; the answer concerns only that person.
 * - `organization`: a member of the organization named by `organizationId` in the query or body
 *   (the caller's personal organization when absent) whose role has the permission.
 * - `object`: a member of the organization that owns the object. Whoever is not a member gets the
 *   same 404 as for an id that does not exist.
 * - `platform-admin`: administrators of this installation.
 */
export type Access<Objects extends string = string, Permissions extends string = string> =
  | { by: "public" }
  | { by: "user" }
  | { by: "organization"; permission: Permissions }
  | ({ by: "object"; permission: Permissions; within?: readonly Named<Objects>[] } & Named<Objects>)
  | { by: "platform-admin" }

/**
 * An object and the parameter of the path, or else the field of the body or query, that has its
 * id. All that a route names must belong to one organization.
 */
interface Named<Objects extends string> {
  object: Objects
  from: string
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** One row of the table from which the server, OpenAPI, the client and the permission matrix are derived. */
export interface Route<Objects extends string = string, Permissions extends string = string> {
  /** one line for the API explorer */
  summary: string
  access: Access<Objects, Permissions>
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
export type RouteTable<
  Objects extends string = string,
  Permissions extends string = string,
> = Record<`${Method} /${string}`, Route<Objects, Permissions>>

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
