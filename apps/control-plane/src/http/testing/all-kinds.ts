import { silentLog } from "@vibecaas/kernel/log"
import type { VmDriver } from "@vibecaas/microvm/port"
import { defaultBudgets, makeAgents, makeModels } from "../../agents/index.ts"
import { makeAudit } from "../../audit/index.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { platformHandlers } from "../../main/platform-kind.ts"
import { makeMicrovms } from "../../microvms/index.ts"
import { makeGit, makeProjects, makeRepositories, type Repositories } from "../../projects/index.ts"
import { makeQuotas } from "../../quotas/index.ts"
import { makeUsage } from "../../usage/index.ts"
import type { HandlerSource } from "../routes.ts"

/** Every kind with its real parts; loops are not run, so no machine is ever started. */
export function allKinds(
  db: TestDatabase,
  root: string,
): { kinds: HandlerSource[]; repositories: Repositories } {
  const { clock, newId, scope, database } = db
  const repositories = makeRepositories({ root, git: makeGit("git"), newId, now: clock.now })
  const models = makeModels({ fetch })
  if (!models.ok) throw new Error(models.mistakes.join(" "))
  const shared = {
    ...{ clock, newId, scope, database, repositories, log: silentLog },
    previewUrl: (slug: string) => `http://${slug}.preview.localhost:3000`,
  }
  const microvms = makeMicrovms({ ...shared, driver: noMachines, dataRoot: root })
  const agents = makeAgents({
    ...shared,
    machines: microvms.machines,
    models: models.models,
    budgets: defaultBudgets,
    tasksAtOnce: 1,
    watchEveryMs: 1000,
    due: { runs: async () => [], tasks: async () => [] },
  })
  const projects = makeProjects({ ...shared, due: async () => [] })
  const kinds = [makeAudit(), makeUsage(), makeQuotas(db), projects, microvms.kind, agents]
  return { kinds: [platform, ...kinds], repositories }
}

const unused = async (): Promise<never> => {
  throw new Error("no loop runs here, so nobody asks for a machine")
}
const noMachines: VmDriver = {
  name: "none",
  probe: unused,
  boot: unused,
  find: async () => undefined,
  list: async () => [],
  destroy: unused,
  deleteData: unused,
}

const platform: HandlerSource = platformHandlers({
  // Of the configuration it shows these two.
  config: { signup: "open", baseDomain: "localhost" } as Parameters<
    typeof platformHandlers
  >[0]["config"],
  version: "0.0.0",
  isolation: () => ({ label: "none", weak: false, reaches: [] }),
  simulated: [],
})
