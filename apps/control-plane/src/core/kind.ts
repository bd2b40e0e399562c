import type { KindName, Kinds } from "@vibecaas/contract/kinds"
import type { Permission } from "@vibecaas/contract/permissions"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import type { FileReply, RawBody, RouteInput, RouteReply } from "@vibecaas/contract/route"
import type { Route, RouteTable } from "@vibecaas/contract/routes"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Actor, Ctx } from "./ctx.ts"

/** Who is signed in, with the organizations they belong to; or an API key in place of a person. */
export interface Principal {
  /** or the id of the key */
  userId: string
  /** or the id of the key's secret */
  sessionId: string
  name: string
  email: string
  platformAdmin: boolean
  /** where calls go that name no organization; a key's only one */
  personalOrganizationId: string
  memberships: readonly Membership[]
  /** what was shared with a person, also where they are no member */
  grants?: readonly Grant[]
  /** the administrator who looks as this person, and changes nothing */
  impersonator?: Impersonator
  /** of a key: what it was given of what its role may do, and what it is limited to (null: nothing) */
  key?: { permissions: readonly Permission[]; projects: readonly string[] | null }
  /** shown by a short token: of a key, or of a session, whose person then has the limits of a key */
  token?: true
}

export interface Impersonator {
  id: string
  name: string
  /** their own sign-in, with which this one ends */
  sessionId: string
  reason: string
  /** ISO 8601 */
  until: string
}

export interface Membership {
  organizationId: string
  role: Role
  /** administrators of the installation closed the organization */
  closed?: boolean
  /** projects that are kept to people who are named, unless a grant names this one */
  hidden?: readonly string[]
}

export interface Grant {
  organizationId: string
  closed?: boolean
  projectId: string
  level: AccessLevel
}

/** Whom a credential stands for, and until when, in `ms` since 1970. */
export interface Found {
  principal: Principal
  expiresAt: number
}

/** A route that names an organization or an object gets a `ctx` inside it; the others do not. */
type Scoped<R extends Route> = R["access"]["by"] extends "organization" | "object"
  ? { ctx: Ctx; principal: Principal; role: Role }
  : R["access"]["by"] extends "public"
    ? { actor: Actor }
    : { principal: Principal; actor: Actor }

export type HandlerRequest<R extends Route> = RouteInput<R> &
  Scoped<R> &
  (R["raw"] extends RawBody ? { raw: RawRequest } : unknown) &
  (R["session"] extends string ? { visitor: Visitor } : unknown) &
  (R["reply"] extends FileReply ? { signal: AbortSignal } : unknown) & {
    /** the version or the commit that the caller based a change on, from `If-Match` */
    ifMatch: (R["ifMatch"] extends "commit" ? string : number) | undefined
  }

/** Who makes, changes or ends a session, before anybody knows who that is. */
export interface Visitor {
  cookie: string | undefined
  userAgent: string | undefined
  /** whose session it was until now */
  principal: Principal | undefined
  ip: string
  requestId: string
}

/** What came in, byte for byte. */
export interface RawRequest {
  bytes: Uint8Array
  /** names in lower case */
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * A file as it is made. Its pieces are asked for as fast as the client takes them, after the
 * handler's transaction has ended: what they need of the database they read in scopes of their own.
 * When the client leaves, `signal` aborts and the iterator is closed.
 */
export interface FileContent {
  pieces: AsyncIterable<Uint8Array | string>
  /** its media type, where that differs from the row's */
  type?: string
  /** what a browser saves it as; without a name it is shown */
  name?: string
  /** its length, when that is known */
  bytes?: number
  /** how long whoever asked may keep it, since its address names just these bytes; not at all when absent */
  keptSeconds?: number
}

/** What a handler answers with. */
export type HandlerReply<R extends Route> = R["reply"] extends FileReply
  ? FileContent
  : R["session"] extends string
    ? SessionReply<RouteReply<R>>
    : RouteReply<R>

/** What a call on a session answers, with values for `Set-Cookie`. */
export interface SessionReply<Body = unknown> {
  body: Body
  setCookies: readonly string[]
}

/** One handler for each row of a table: parse → use case → reply, no logic. */
export type HandlersOf<Table extends RouteTable> = {
  [Name in keyof Table]: Table[Name] extends Route
    ? (request: HandlerRequest<Table[Name]>) => Promise<HandlerReply<Table[Name]>>
    : never
}

/** One handler for each row that a kind declares. */
export type Handlers<K extends KindName> = HandlersOf<Kinds[K]["routes"]>

/** What a kind gives to the composition root. */
export interface Kind<K extends KindName> {
  handlers: Handlers<K>
  loops: readonly LoopDefinition[]
}

/** Every kind of the contract: one that is missing does not compile. */
export type AllKinds = { [K in KindName]: Kind<K> }
