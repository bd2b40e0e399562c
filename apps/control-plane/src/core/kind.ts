import type { Role } from "@vibecaas/contract/permissions"
import type { Route, RouteInput, RouteReply, RouteTable } from "@vibecaas/contract/route"
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

/** One handler for each row of a kind's route table: parse → use case → reply, no logic. */
export type Handlers<Table extends RouteTable> = {
  [Name in keyof Table]: Table[Name] extends Route
    ? (request: HandlerRequest<Table[Name]>) => Promise<RouteReply<Table[Name]>>
    : never
}

/** What a kind gives to the composition root. */
export interface Kind<Table extends RouteTable = RouteTable> {
  handlers: Handlers<Table>
  loops: readonly LoopDefinition[]
}
