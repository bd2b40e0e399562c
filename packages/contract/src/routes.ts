import { kinds, type ObjectName } from "./kinds.ts"
import { merged } from "./merged.ts"
import type { Permission } from "./permissions.ts"
import type * as route from "./route.ts"

/** Every route of the API. Server, OpenAPI, client and permission matrix are derived from this table. */
export const routes = merged(kinds, "routes") satisfies RouteTable
export type Routes = typeof routes
export type RouteName = keyof Routes

/** A row whose objects and permissions are those that the kinds declare. */
export type Route = route.Route<ObjectName, Permission>
export type Access = route.Access<ObjectName, Permission>
export type RouteTable = route.RouteTable<ObjectName, Permission>
