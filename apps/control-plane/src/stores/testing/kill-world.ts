import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { processesMarked, processesWorkingIn } from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { childChannel } from "@vibecaas/microvm/launcher/channel"
import { localWorld } from "@vibecaas/stores/backends/local/testing/local-world"
import type { ReachableBackend } from "@vibecaas/stores/reachable"
import { serveBackend } from "@vibecaas/stores/remote/serve-backend"
import type { Ctx } from "../../core/ctx.ts"
import { createOrganization } from "../../db/testing/seed.ts"
import { testDatabase } from "../../db/testing/test-database.ts"
import { createStore } from "../create-store.ts"
import { killEngines } from "./kill-engines.ts"
import { storesPartsOn } from "./parts-on.ts"

export const victims = ["server", "shop", "database"] as const
export type Victim = (typeof victims)[number]

/** Of which verb, and of which store: asked once the verb is at work. */
type Aim = (verb: string, storeId: string) => Promise<boolean>

/** how long a verb has been at work when something is killed, in `ms` */
const intoMs = 15

/**
 * The loop of stores in a process of its own, which uses a real backend by messages as a server does, on a
 * real database: each of them can be killed while a step of a store is taken.
 */
export async function killWorld() {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team", personal: false })
  const local = await localWorld({ engines: killEngines })
  const killer = killerOf({
    server: async () => {
      const ended = once(server.child, "exit")
      server.child.kill("SIGKILL")
      await ended
      server.stop()
      server = serve(backend, db)
    },
    shop: async (id) => {
      for (const pid of await processesOf(id)) signalQuietly(pid)
    },
    database: async () => {
      const folder = `${local.options.dataRoot}/postgres/cluster`
      for (const pid of await processesWorkingIn(folder)) signalQuietly(pid)
    },
  })
  const backend = watched(local.backend, killer.look)
  let server = serve(backend, db)
  const { engines } = await local.backend.probe()
  const parts = storesPartsOn(db, { engines: killEngines, backend: local.backend })
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  return {
    ...{ db, org, parts, act, local, killAt: killer.killAt },
    /** what the shop with a server of databases would need and is not here */
    lacks: engines.find(({ engine }) => engine === "ledger")?.lacks,
    /** the store of each engine that cells use, and of which engines some were made so far */
    ...{ stores: new Map<string, IdOf<"store">>(), made: [] as string[] },
    async create(wanted: { name: string; engine: string; version: string }) {
      const of = { ...wanted, plan: "basic", values: {} } as const
      return (await act((ctx) => createStore(ctx, parts, of))).id
    },
    async close() {
      server.child.kill("SIGKILL")
      server.stop()
      await local.close()
      await db.close()
    },
  }
}
export type KillWorld = Awaited<ReturnType<typeof killWorld>>

/** Kills once, a moment after the first verb has begun for which somebody waits. */
function killerOf(kills: Record<Victim, (storeId: string) => Promise<void>>) {
  let shot: { aim: Aim; fire(): Promise<void>; fired: PromiseWithResolvers<void> } | undefined
  return {
    async look(verb: string, storeId: string) {
      const now = shot
      if (!now || !(await now.aim(verb, storeId)) || shot !== now) return
      shot = undefined
      await systemClock.sleep(intoMs)
      await now.fire().then(now.fired.resolve, now.fired.reject)
    },
    /** Kills a victim of a store once `aim` says so. @returns resolves when it is dead */
    killAt(victim: Victim, storeId: string, aim: Aim): Promise<void> {
      const fired = Promise.withResolvers<void>()
      shot = { aim, fire: () => kills[victim](storeId), fired }
      return fired.promise
    },
  }
}

/** Living programs of a store: its shop's on both sides, and those that are run beside it. */
export async function processesOf(id: IdOf<"store"> | string): Promise<number[]> {
  const parts = ["shop", "shop.b", "hook", "tool"]
  const found = await Promise.all(
    parts.map((part) => processesMarked(`VIBECAAS_STORE=${id}.${part}`)),
  )
  return found.flat()
}

/** The same backend, with somebody who looks at each verb that has begun. */
function watched(
  backend: ReachableBackend,
  look: (verb: string, storeId: string) => Promise<void>,
): ReachableBackend {
  return new Proxy(backend, {
    get(target, name) {
      const verb = Reflect.get(target, name)
      if (typeof verb !== "function" || quiet.has(String(name))) return verb
      return async (...asks: [{ storeId?: string } | string]) => {
        const work = verb.apply(target, asks)
        const [first] = asks
        const storeId = typeof first === "string" ? first : (first?.storeId ?? "")
        await Promise.all([work, look(String(name), storeId)])
        return work
      }
    },
  })
}
const quiet = new Set(["look", "list", "hear", "probe", "logs"])

/** A server, and what the launcher is to it. */
function serve(
  backend: ReachableBackend,
  { urls, adminUrl }: { urls: { app: string }; adminUrl: string },
): { child: ChildProcess; stop(): void } {
  const input = JSON.stringify({ app: urls.app, admin: adminUrl })
  const child = fork(join(import.meta.dirname, "kill-server.ts"), [input], { execArgv: [] })
  const stop = serveBackend(backend, childChannel(child), silentLog)
  return { child, stop }
}
