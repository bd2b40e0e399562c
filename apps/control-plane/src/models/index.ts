export { type LiveModels, type LiveModelsParts, makeLiveModels } from "./live-models.ts"
export { makeModelsKind } from "./make-models.ts"
