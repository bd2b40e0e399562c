export { makeNetwork, type Network, type NetworkOptions } from "./make-network.ts"
export { carryRules } from "./queries/carry-rules.ts"
