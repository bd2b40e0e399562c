import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Step } from "@vibecaas/contract/run-step"
import { invariant } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Sessions } from "../../apps/index.ts"
import type { Ctx, Scope } from "../../core/ctx.ts"
import type { TestDatabase } from "../../db/testing/database-on.ts"
import { createOrganization, type SeededOrganization } from "../../db/testing/seed.ts"
import { testTurn } from "../../db/testing/test-turn.ts"
import type { McpTools } from "../../mcp/index.ts"
import {
  createProject,
  makeGit,
  makeRepositories,
  makeSaving,
  type Repositories,
} from "../../projects/index.ts"
import { makeCatalogue } from "../../starters/index.ts"
import type { AgentsOptions } from "../agents-parts.ts"
import type { Browser } from "../browser/browser.ts"
import { noBrowser } from "../browser/no-browser.ts"
import { makePictures, type Pictures } from "../browser/pictures.ts"
import { makeAgents } from "../make-agents.ts"
import type { Models } from "../models/model.ts"
import { plansByStarters } from "../models/plans-by-starters.ts"
import { needRun } from "../need-run.ts"
import { makeProposal } from "../proposals/make-proposal.ts"
import { readRun, readSteps } from "../read-runs.ts"
import { retryRun } from "../retry-run.ts"
import { startRun } from "../start-run.ts"
import { type Budgets, defaultBudgets } from "../work/budget.ts"
import { appAi } from "./app-ai.ts"
import { appNetwork } from "./app-network.ts"
import { makeDriver } from "./drive-loops.ts"
import { noMcp } from "./no-mcp.ts"
import { processMachines } from "./process-machines.ts"

export interface AgentsWorld {
  db: TestDatabase
  org: SeededOrganization
  repositories: Repositories
  pictures: Pictures
  machines: Sessions
  /** what the kind is made with */
  parts: AgentsOptions
  agents: ReturnType<typeof makeAgents>
  /** the same kind on other ports */
  agentsWith(ports: Partial<AgentsOptions>): ReturnType<typeof makeAgents>
  /** directory of the repositories */
  root: string
  act<T>(action: (ctx: Ctx) => Promise<T>): Promise<T>
  /** an empty project with a run that was asked for; of the starter that clearly fits where no language model plans */
  ask(
    goal: string,
    on?: IdOf<"project">,
  ): Promise<{ projectId: IdOf<"project">; runId: IdOf<"run"> }>
  /** tries a run again that did not succeed */
  retry(id: IdOf<"run">): Promise<void>
  /** turns of both loops until nothing is due, or all that is left waits for people */
  settle(): Promise<void>
  /** one of the loops, with a turn on one of its objects */
  turn(name: string, id: string): Promise<{ loop: LoopDefinition; turn: Turn }>
  run(id: IdOf<"run">): Promise<Run>
  steps(id: IdOf<"run">): Promise<Step[]>
  /** every file of the project with its text */
  tree(projectId: string): Promise<Record<string, string>>
  close(): Promise<void>
}

export interface WorldOptions {
  models: Models
  machines?: (
    repositories: Repositories,
    db: TestDatabase,
  ) => Promise<Sessions & { close(): Promise<void> }>
  budgets?: Budgets
  /** tools of servers that people connected; none when absent */
  mcp?: (db: TestDatabase) => McpTools
  /** what agents look with; nothing when absent */
  browser?: Browser
  scope?: (scope: Scope) => Scope
  /** where its rows are; a database of this test's own when absent */
  db?: () => Promise<TestDatabase>
}

/** Imported when it is asked for: it can be only inside of a test. */
/** A run of a goal; where no language model plans, of the starter that clearly fits. */
async function asked(
  ctx: Ctx,
  parts: AgentsOptions,
  { goal, on }: { goal: string; on: IdOf<"project"> | undefined },
) {
  const preview = "private" as const
  const projectId = on ?? (await createProject(ctx, { name: "Try", preview })).id
  if (!plansByStarters(parts.models))
    return { projectId, runId: (await startRun(ctx, parts, { projectId, goal })).id }
  const { runId } = await makeProposal(ctx, parts, { projectId, goal, confirm: "auto" })
  invariant(runId, `“${goal}” clearly fits a starter`)
  return { projectId, runId }
}

async function databaseOfTest(): Promise<TestDatabase> {
  return (await import("../../db/testing/test-database.ts")).testDatabase()
}

/** Real PostgreSQL, real git, the kind itself; machines are processes unless told otherwise. */
export async function agentsWorld(options: WorldOptions): Promise<AgentsWorld> {
  const db = await (options.db ?? databaseOfTest)()
  const org = await createOrganization(db, { plan: "team" })
  const root = await mkdtemp(join(tmpdir(), "agents-"))
  const { clock, newId } = db
  const repositories = makeRepositories({ root, git: makeGit("git"), newId, now: clock.now })
  const machines = await (options.machines ?? processMachines)(repositories, db)
  const pictures = makePictures({ root: join(root, "pictures"), clock, log: silentLog })
  const driver = makeDriver(db.adminPool)
  const budgets = options.budgets ?? defaultBudgets
  const parts: AgentsOptions = {
    ...{ clock, newId, log: silentLog, machines, repositories, models: options.models },
    ...{ scope: options.scope?.(db.scope) ?? db.scope, budgets },
    mcp: options.mcp?.(db) ?? noMcp,
    ...{ ai: appAi({ ...db, log: silentLog }), network: appNetwork({ ...db, log: silentLog }) },
    browser: options.browser ?? noBrowser("Nobody looks in this test."),
    pictures,
    starters: makeCatalogue(resolve(import.meta.dirname, "../../../../../starters")),
    saving: makeSaving(),
    previewUrl: (slug) => `http://${slug}.preview.localhost:3000`,
    tasksAtOnce: 4,
    watchEveryMs: 100,
    due: driver.due,
  }
  const agents = makeAgents(parts)
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  return {
    ...{ db, org, repositories, pictures, machines, parts, agents, root, act },
    agentsWith: (ports) => makeAgents({ ...parts, ...ports }),
    ask: (goal, on) => act((ctx) => asked(ctx, parts, { goal, on })),
    retry: async (id) => {
      await act((ctx) => retryRun(ctx, parts, id))
    },
    settle: () => driver.settle(agents.loops),
    turn: async (name, id) => {
      const loop = agents.loops.find((each) => each.name === name)
      if (!loop) throw new Error(`there is no loop ${name}`)
      const key = { organizationId: org.organizationId, id }
      return { loop, turn: await testTurn(db.adminPool, { loop: name, key }) }
    },
    run: (id) => act(async (ctx) => readRun(ctx, await needRun(ctx, id))),
    steps: (id) =>
      act(async (ctx) => (await readSteps(ctx, id, { limit: 1000, cursor: undefined })).items),
    tree: (projectId) => readTree(repositories, projectId),
    async close() {
      await machines.close()
      await db.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

export async function readTree(
  repositories: Repositories,
  projectId: string,
): Promise<Record<string, string>> {
  const repository = repositories.of(projectId)
  const head = await repository.head()
  if (!head) return {}
  const entries = await repository.list(head)
  const texts = entries.map(async ({ path }) => {
    const file = await repository.read(head, path, 5_000_000)
    return [path, file?.content.toString() ?? ""] as const
  })
  return Object.fromEntries(await Promise.all(texts))
}
