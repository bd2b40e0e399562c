export { ensurePersonalOrganization, type TenantsParts } from "./ensure-personal-organization.ts"
export { recordAccountDeed } from "./record-account-deed.ts"
export { roleOf } from "./role-of.ts"
export { makeTenants } from "./routes.ts"
