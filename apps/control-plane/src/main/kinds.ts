import { join } from "node:path"
import { routes } from "@vibecaas/contract/routes"
import type { VmDriver } from "@vibecaas/microvm/port"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { makeAudit } from "../audit/index.ts"
import { dueRows } from "../db/named-functions.ts"
import type { HandlerSource } from "../http/routes.ts"
import { makeGit, makeProjects, makeRepositories } from "../projects/index.ts"
import { makeQuotas } from "../quotas/index.ts"
import { makeTenants } from "../tenants/index.ts"
import { makeUsage } from "../usage/index.ts"
import type { Foundations } from "./foundations.ts"
import type { Isolation } from "./isolation.ts"
import type { ServerInput } from "./messages.ts"
import { platformHandlers } from "./platform-kind.ts"
import { version } from "./version.ts"

export function makeKinds({
  input,
  foundations,
  isolation,
}: {
  input: ServerInput
  foundations: Foundations
  driver: VmDriver
  isolation: () => Isolation
}) {
  const { database, newId, clock } = foundations
  const repositories = makeRepositories({
    root: input.places.repositories,
    git: makeGit("git"),
    newId,
    now: () => clock.now(),
  })
  const previewUrl = (slug: string) =>
    `http://${slug}.${input.config.appsDomain}:${input.config.port}`
  const projects = makeProjects({
    ...foundations,
    repositories,
    previewUrl,
    due: () => dueRows(database, "projects") as never,
  })
  const simulated: { part: string; sentence: string }[] = []
  const kinds: HandlerSource[] = [
    platformHandlers({ config: input.config, version, isolation, simulated }),
    makeAudit(),
    makeUsage(),
    makeTenants({ database }),
    makeQuotas(),
    projects,
  ]
  const have = new Set(kinds.flatMap((k) => Object.keys(k.handlers)))
  const stub = {
    handlers: Object.fromEntries(
      Object.keys(routes)
        .filter((n) => !have.has(n))
        .map((n) => [
          n,
          async () => {
            throw new Error("stub")
          },
        ]),
    ),
  }
  return {
    handlers: [...kinds, stub],
    loops: [...projects.loops] as LoopDefinition[],
    simulated,
    gateway: { owns: () => false, request() {}, upgrade() {}, forget() {}, close() {} },
    close: async () => {},
  }
}
