export {
  ensurePersonalOrganization,
  type Person,
  type TenantsParts,
} from "./ensure-personal-organization.ts"
export { makeTenants } from "./routes.ts"
