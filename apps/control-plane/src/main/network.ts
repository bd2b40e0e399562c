import { lookup } from "node:dns/promises"
import { connect } from "node:net"
import { networkInterfaces } from "node:os"
import type { NetworkOptions } from "../network/index.ts"
import type { ServerInput } from "./messages.ts"

/** How apps get out: names are looked up as this computer does, and what is the platform's own is refused. */
export function networkOf({
  config,
}: Pick<ServerInput, "config">): Pick<NetworkOptions, "resolve" | "dial" | "own"> {
  const { baseDomain, appsDomain, publicUrl, stores } = config
  return {
    resolve: (host) => lookup(host, { all: true }),
    dial: ({ address, family }, port) => connect({ host: address, family, port, noDelay: true }),
    own: {
      domains: [...new Set([baseDomain, appsDomain, stores.domain, new URL(publicUrl).hostname])],
      addresses: () =>
        Object.values(networkInterfaces()).flatMap((all) =>
          (all ?? []).map((each) => each.address),
        ),
    },
  }
}
