import { agentRoutes } from "./agents.ts"
import { auditRoutes } from "./audit.ts"
import { microvmRoutes } from "./microvms.ts"
import { platformRoutes } from "./platform.ts"
import { projectRoutes } from "./projects.ts"
import { quotaRoutes } from "./quotas.ts"
import { tenantRoutes } from "./tenants.ts"
import { usageRoutes } from "./usage.ts"

/** Every route of the API. Server, OpenAPI, client and permission matrix are derived from this table. */
export const routes = {
  ...platformRoutes,
  ...tenantRoutes,
  ...auditRoutes,
  ...usageRoutes,
  ...quotaRoutes,
  ...projectRoutes,
  ...microvmRoutes,
  ...agentRoutes,
}
export type Routes = typeof routes
export type RouteName = keyof Routes
