export { type Gateway, type GatewayOptions, makeGateway } from "./gateway.ts"
export { canHoldPrivatePreviews } from "./host.ts"
export { openPath } from "./own-paths.ts"
export type { AppShown, Previews, PreviewTarget, Viewer } from "./previews.ts"
