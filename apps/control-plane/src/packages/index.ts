export { makeLayerStore } from "./layer-store.ts"
export { makePackagesKind } from "./make-kind.ts"
export type { Packages, PackagesParts, Prepared } from "./make-packages.ts"
export { lockFile, manifestFile } from "./npm-plan.ts"
