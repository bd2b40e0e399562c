export {
  isOrganizationClosed,
  isOrganizationGoing,
  needLivingOrganization,
  wantOrganizationGone,
} from "./delete-organization.ts"
export { ensurePersonalOrganization, type TenantsParts } from "./ensure-personal-organization.ts"
export { assertOwnerLeft } from "./leave-organization.ts"
export { mailPerson } from "./mail-person.ts"
export { needOrganization } from "./need-organization.ts"
export { organizationKey } from "./organization-key.ts"
export { deleteMembership, lockRole } from "./queries.ts"
export { tellOrganization } from "./reconcile-organization.ts"
export { recordAccountDeed } from "./record-account-deed.ts"
export { roleOf } from "./role-of.ts"
export { makeTenants } from "./routes.ts"
export { showMe } from "./show-me.ts"
