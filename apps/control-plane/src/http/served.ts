import { type KindName, kinds } from "@vibecaas/contract/kinds"
import type { Route, RouteTable } from "@vibecaas/contract/routes"
import type { AllKinds, HandlersOf } from "../core/kind.ts"

/** A row of the contract and what answers it. */
export interface ServedRow {
  /** e.g. `GET /projects` */
  name: string
  /** the kind that declares it */
  kind: string
  route: Route
  handler: (request: unknown) => Promise<unknown>
}

/** Puts a table's rows and their handlers together; one without the other does not compile. */
export function serve<Table extends RouteTable>(
  kind: string,
  table: Table,
  handlers: HandlersOf<Table>,
): ServedRow[] {
  return rowsOf(kind, table, handlers)
}

/** What kinds serve; all of them, but in tests of single ones. */
export function serveKinds(given: Partial<AllKinds>): ServedRow[] {
  const names = Object.keys(given) as KindName[] // the type's own keys
  return names.flatMap((name) => rowsOf(name, kinds[name].routes, given[name]?.handlers))
}

/** A list of rows of many types cannot say what each handler takes; the types above did. */
function rowsOf(kind: string, table: RouteTable, handlers: object | undefined): ServedRow[] {
  const handlerOf = new Map<string, ServedRow["handler"]>(Object.entries(handlers ?? {}))
  return Object.entries(table).flatMap(([name, route]) => {
    const handler = handlerOf.get(name)
    return handler ? [{ name, kind, route, handler }] : []
  })
}
