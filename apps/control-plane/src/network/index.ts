export { makeNetwork, type Network, type NetworkOptions } from "./make-network.ts"
