export { carryRules } from "./carry-rules.ts"
export { makeNetwork, type Network, type NetworkOptions } from "./make-network.ts"
