import type { z } from "zod"
import type { PublicFaultCode } from "./faults.ts"

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
  /** one line for the API reference */
  summary: string
  access: Access<Objects, Permissions>
  params?: z.ZodObject
  query?: z.ZodObject
  /** a JSON body */
  body?: z.ZodType
  /** the exact bytes and headers in place of a JSON body, e.g. to check a signature over them */
  raw?: RawBody
  /** the one successful answer */
  reply: JsonReply | FileReply
  /** faults this route can answer beyond those that every route of its access can */
  faults?: readonly PublicFaultCode[]
  /** accepts `Idempotency-Key` */
  idempotent?: boolean
  /** takes `If-Match` with the object's `version`, or with the commit that a change is based on */
  ifMatch?: boolean | "commit"
  /** counts against the stricter limit for provisioning writes */
  provisions?: boolean
  /** reads, and leaves an audit record of having been read */
  audited?: boolean
  /** whether it takes an API key in place of a session, where that differs from what `takesKey` says */
  apiKey?: boolean
  /** it takes an API key as the password of any user, too, as git shows it */
  keyAsPassword?: true
  /** an API key that is limited to some projects may call it, too: its handler keeps to these */
  keepsToProjects?: true
  /** members may call it about a project that they do not see: to ask for it */
  whenHidden?: true
  /** an administrator who looks as somebody else may call it, though it changes something: to end that */
  whenImpersonating?: true
  /** how assistants call it: as a tool of the platform's own MCP server */
  tool?: Tool
  /** what the call does to a session: its handler gets the cookie, and may set another */
  session?: "starts" | "changes" | "ends"
  deprecated?: Deprecation
  /** what a call sends and receives, for the API reference */
  example?: { body?: unknown; reply?: unknown }
}

/**
 * Whether a row takes an API key. What is about an organization or an object does, since the key's
 * permissions and projects decide there as a role does; anything else only when it says so.
 */
export function takesKey({ access, apiKey }: Pick<Route, "access" | "apiKey">): boolean {
  return apiKey ?? (access.by === "organization" || access.by === "object")
}

/** A call as a tool: its arguments are the row's parameters, query and body in one object. */
export interface Tool {
  /** e.g. `list_projects` */
  name: string
  /** for the model that chooses it: what it does, and what to do with its answer */
  says: string
  /** what of the answer is told, since models read all of it; the whole when absent */
  shows?: z.ZodType
  /** arguments that differ from the row's own defaults */
  gives?: Readonly<Record<string, unknown>>
  /** arguments that it does not take */
  without?: readonly string[]
}

export interface RawBody {
  /** media types that are taken, e.g. `application/json` */
  types: readonly string[]
  /** a limit of its own, whatever other bodies may have */
  bytesMax: number
}

export interface JsonReply {
  status: 200 | 201 | 202 | 204
  /** `null` for none */
  body: z.ZodType | null
}

/** A file, or a stream without an end: sent as it is made. */
export interface FileReply {
  status: 200
  /** its media type, e.g. `text/csv; charset=utf-8` */
  file: string
}

/** Said in the answer's headers and in OpenAPI. */
export interface Deprecation {
  /** the day it was deprecated on, e.g. `2026-01-31` */
  since: string
  /** the day from which it may be gone */
  sunset?: string
  /** the route to call in place of it */
  use?: string
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

/** The JSON that a handler returns and a client receives. */
export type RouteReply<R extends Route> = R["reply"] extends JsonReply
  ? Output<R["reply"]["body"]>
  : never

/** What a client sends, before defaults are applied. */
export type RouteRequest<R extends Route> = (R["params"] extends z.ZodType
  ? { params: Input<R["params"]> }
  : { params?: undefined }) &
  (R["query"] extends z.ZodType ? { query?: Input<R["query"]> } : { query?: undefined }) &
  (R["body"] extends z.ZodType ? { body: Input<R["body"]> } : { body?: undefined }) &
  (R["raw"] extends RawBody ? { bytes: Blob } : { bytes?: undefined })
