export { ensurePersonalOrganization, type TenantsParts } from "./ensure-personal-organization.ts"
export { makeTenants } from "./routes.ts"
