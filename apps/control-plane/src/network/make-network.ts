import type { IdOf } from "@vibecaas/contract/kinds"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Listener } from "@vibecaas/reconcile/listen"
import type { Ctx } from "../core/ctx.ts"
import type { Kind } from "../core/kind.ts"
import { httpDoor, type LiveMachine, type LiveMachines, makeDoors } from "../machines/index.ts"
import { allowHost, type WantedRule } from "./allow-host.ts"
import { type Asked, postFor } from "./ask.ts"
import { makeConnections } from "./door/connections.ts"
import { forward } from "./door/forward.ts"
import { tunnel } from "./door/tunnel.ts"
import { openWay, type Way, type WayTo } from "./door/way.ts"
import { egressLimits, type NetworkParts } from "./network-parts.ts"
import { listRules } from "./queries.ts"
import { networkHandlers } from "./routes.ts"
import { ruleFor } from "./rule.ts"

/** Where programs find it in a machine with a network of its own. */
const doorPort = 4892

export interface NetworkOptions extends Omit<NetworkParts, "limits"> {
  limits?: NetworkParts["limits"]
  live: Pick<LiveMachines, "onOpen">
  /** not yet started */
  listener: Pick<Listener, "on" | "onState">
}

export interface Network {
  kind: Kind<"network">
  /** what programs of a machine are given so that they find the way; nothing while nothing is allowed */
  variables(machine: LiveMachine): Promise<Record<string, string>>
  /** for agents that ask for it */
  isAllowed(
    ctx: Ctx,
    projectId: IdOf<"project">,
    to: { host: string; port: number },
  ): Promise<boolean>
  allow(ctx: Ctx, wanted: WantedRule): Promise<unknown>
  /** posts to where a project's apps may go; answers why that did not work, as a sentence */
  post(asked: Asked): Promise<string | undefined>
  /** a way out for a program of the platform's own, to one host */
  way(to: WayTo): Promise<Way>
  /** ends connections, and waits until they are written down */
  close(): Promise<void>
}

export function makeNetwork(options: NetworkOptions): Network {
  const { live, listener, ...given } = options
  const parts: NetworkParts = { limits: egressLimits, ...given }
  const connections = makeConnections(parts)
  const under = new Set<Promise<unknown>>()
  const track = async (work: Promise<void>) => {
    under.add(work)
    await work.finally(() => under.delete(work))
  }
  const doors = makeDoors({
    ...{ live, log: parts.log, port: doorPort },
    // Who shares the host's network has it without us, and others would come by the door.
    wanted: async (machine) =>
      !machine.vm.caps.network && (await connections.rulesOf(machine)).length > 0,
    serve: (machine) => serveEgress({ ...parts, connections, machine }, track),
  })
  const review = (projectId?: string) => {
    doors.lookAgain(projectId)
    void bestEffort(parts.log, "end what was revoked", () => connections.review(projectId))
  }
  listener.on("egress", review)
  // What was revoked while nobody heard it is looked for when hearing begins.
  listener.onState((hearing) => hearing && review())
  return {
    kind: { handlers: networkHandlers(parts), loops: [] },
    async variables(machine) {
      const port = await doors.open(machine)
      return port === undefined ? {} : variablesFor(`http://127.0.0.1:${port}`)
    },
    isAllowed: async (ctx, projectId, { host, port }) =>
      ruleFor(await listRules(ctx.db, projectId), host, port) !== undefined,
    allow: (ctx, wanted) => allowHost(ctx, parts, wanted),
    post: (asked) => postFor(parts, asked),
    way: (to) => openWay(parts, to),
    async close() {
      connections.end()
      await Promise.allSettled(under)
    },
  }
}

type Track = (work: Promise<void>) => Promise<void>

function serveEgress(at: Parameters<typeof tunnel>[0], track: Track) {
  const { log, limits } = at
  return httpDoor({
    ...{ connectionsMax: limits.connectionsMax, log },
    answer: (request, response) => track(forward(at, request, response)),
    tunnel: (request, client) =>
      void bestEffort(log, "carry a connection of a machine", () =>
        track(tunnel(at, request, client)),
      ),
  })
}

/** As programs of many languages read them; Node's fetch does when it is told to. */
function variablesFor(door: string): Record<string, string> {
  const near = "localhost,127.0.0.1,::1"
  return {
    ...{ HTTPS_PROXY: door, HTTP_PROXY: door, NO_PROXY: near },
    ...{ https_proxy: door, http_proxy: door, no_proxy: near },
    ...{ NODE_USE_ENV_PROXY: "1", SERVICES_URL: door },
  }
}
