export { type Gateway, makeGateway } from "./gateway.ts"
export { canHoldPrivatePreviews } from "./host.ts"
export type { HostResolver, Site, SiteAccess } from "./site.ts"
