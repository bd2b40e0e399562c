export { type Gateway, makeGateway } from "./gateway.ts"
export { canHoldPrivatePreviews } from "./host.ts"
export { openPath } from "./own-paths.ts"
export type { AppShown, PreviewChange, Previews, PreviewTarget } from "./previews.ts"
