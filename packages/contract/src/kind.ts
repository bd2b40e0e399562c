import type { IdSchema } from "./ids.ts"
import type { Plan } from "./plans.ts"
import type { Role } from "./roles.ts"
import type { RouteTable } from "./route.ts"

type Named<T> = Readonly<Record<string, T>>

/** All that the platform must know of a kind beyond its folder. Names are unique over all kinds. */
export interface KindDeclaration {
  /** the glossary's word for one of it */
  noun: string
  /** a sentence that heads its calls in the API reference */
  about: string
  /** the object that each of it belongs to; deleting that one deletes it */
  parent?: string
  /** what it makes, each with the form of its ids */
  ids?: Named<IdSchema>
  /** what it makes and others can name: in a route's access, as a topic of the live stream */
  objects?: Named<ObjectDeclaration>
  /** the states of what it makes */
  states?: Named<readonly string[]>
  /** in which of those states an action makes sense */
  allows?: Named<Named<readonly string[]>>
  /** which roles have each of its permissions */
  may?: Named<readonly Role[]>
  /** what an organization can have a limited number or amount of */
  quotas?: Named<QuotaDeclaration>
  /** what is counted of it */
  meters?: Named<MeterDeclaration>
  /** what the live stream tells of it: each event with the objects on whose topics it is told */
  events?: Named<readonly string[]>
  /** the loops that keep it true */
  loops?: readonly string[]
  routes: RouteTable
}

export interface ObjectDeclaration {
  /** what it takes to see it, and to hear what happens to it */
  read: string
}

export interface QuotaDeclaration {
  /** heads a line of the usage page, e.g. "Memory of machines" */
  name: string
  /** completes "the plan allows 4096 …", e.g. "MiB of machine memory" */
  counted: string
  /** what these meters counted since the first of the month (UTC) is in use, in their one unit */
  monthly?: readonly string[]
  limits: Readonly<Record<Plan, number>>
}

export interface MeterDeclaration {
  /** heads a line of the usage page, e.g. "Machine time" */
  name: string
  unit: "seconds" | "milliseconds" | "tokens" | "microdollars" | "bytes"
}

/** A kind's declaration: a file of its own in `kinds/`, and a line in `kinds.ts`. */
export function defineKind<const Declaration extends KindDeclaration>(
  declaration: Declaration,
): Declaration {
  return declaration
}
