import { makeNetwork, type Network, type NetworkOptions } from "../../network/index.ts"
import { testVault } from "../../secrets/testing/test-vault.ts"

/** Domains that apps may reach, of a platform whose machines have no doors. */
export function appNetwork(
  parts: Pick<NetworkOptions, "scope" | "clock" | "newId" | "log">,
): Network {
  const { scope, clock, newId, log } = parts
  return makeNetwork({
    ...{ scope, clock, newId, log, vault: testVault },
    ...{ resolve: async () => [], own: { domains: ["localhost"], addresses: () => [] } },
    dial: () => {
      throw new Error("nobody connects in this test")
    },
    limiter: { take: () => ({ allowed: true, resetSeconds: 0 }) },
    live: { onOpen: () => {} },
    listener: { on: () => {}, onState: () => {} },
  })
}
