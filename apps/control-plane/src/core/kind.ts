import type { KindName, Kinds } from "@vibecaas/contract/kinds"
import type { Role } from "@vibecaas/contract/roles"
import type { RouteInput, RouteReply } from "@vibecaas/contract/route"
import type { Route, RouteTable } from "@vibecaas/contract/routes"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Actor, Ctx } from "./ctx.ts"

/** Who is signed in, with the organizations they belong to. */
export interface Principal {
  userId: string
  sessionId: string
  name: string
  email: string
  platformAdmin: boolean
  personalOrganizationId: string
  memberships: readonly { organizationId: string; role: Role }[]
}

/** A route that names an organization or an object gets a `ctx` inside it; the others do not. */
type Scoped<R extends Route> = R["access"]["by"] extends "organization" | "object"
  ? { ctx: Ctx; principal: Principal; role: Role }
  : R["access"]["by"] extends "public"
    ? { actor: Actor }
    : { principal: Principal; actor: Actor }

export type HandlerRequest<R extends Route> = RouteInput<R> &
  Scoped<R> & {
    /** the version the caller based a change on, from `If-Match` */
    ifMatch: number | undefined
  }

/** One handler for each row of a table: parse → use case → reply, no logic. */
export type HandlersOf<Table extends RouteTable> = {
  [Name in keyof Table]: Table[Name] extends Route
    ? (request: HandlerRequest<Table[Name]>) => Promise<RouteReply<Table[Name]>>
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
