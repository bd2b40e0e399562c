import { agentRoutes } from "./kinds/agents.ts"
import { auditRoutes } from "./kinds/audit.ts"
import { microvmRoutes } from "./kinds/microvms.ts"
import { platformRoutes } from "./kinds/platform.ts"
import { projectRoutes } from "./kinds/projects.ts"
import { quotaRoutes } from "./kinds/quotas.ts"
import { tenantRoutes } from "./kinds/tenants.ts"
import { usageRoutes } from "./kinds/usage.ts"

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
