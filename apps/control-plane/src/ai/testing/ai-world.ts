import { inspect } from "node:util"
import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type Log, silentLog } from "@vibecaas/kernel/log"
import { makeListener } from "@vibecaas/reconcile/listen"
import OpenAI from "openai"
import { projectMonth } from "../../agents/project-month.ts"
import { readModelFailure } from "../../agents/work/model-failure.ts"
import type { Ctx } from "../../core/ctx.ts"
import { createOrganization, type SeededOrganization } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { memoryRateLimiter } from "../../http/rates/memory-rate-limiter.ts"
import type { LiveMachine } from "../../machines/index.ts"
import { doorMachine } from "../../machines/testing/door-machine.ts"
import { createProject } from "../../projects/index.ts"
import { testVault } from "../../secrets/testing/test-vault.ts"
import { type AiLimits, aiLimits } from "../ai-parts.ts"
import type { AppModel, AppModels } from "../app-models.ts"
import { type Ai, makeAi } from "../make-ai.ts"
import { type AiChange, changeAi } from "../settings.ts"

export interface AiWorld {
  db: TestDatabase
  org: SeededOrganization
  ai: Ai
  limits: AiLimits
  /** who answers, by the name that is asked for; nobody when empty */
  models: AppModels
  line: { of: (name: string | null) => readonly AppModel[] }
  /** names that can be chosen */
  choices: string[]
  /** all that was logged */
  logged(): string
  act<T>(action: (ctx: Ctx) => Promise<T>): Promise<T>
  project(): Promise<IdOf<"project">>
  change(projectId: IdOf<"project">, set: AiChange): ReturnType<typeof changeAi>
  show(projectId: IdOf<"project">): ReturnType<Ai["show"]>
  /** what stands in for a machine: its doors are ports of this process */
  machine(projectId: IdOf<"project">): Promise<LiveMachine>
  /** a project whose app may ask, its machine, and the client there */
  app(limits?: Pick<AiChange, "tokensMax" | "centsMax">): Promise<{
    projectId: IdOf<"project">
    machine: LiveMachine
    client: OpenAI
  }>
  /** what the database has, whoever may see it */
  rows(text: string, values: unknown[]): Promise<Record<string, unknown>[]>
  /** the official client, as an app of that machine has it from its variables */
  client(machine: LiveMachine, key?: string): Promise<OpenAI>
  close(): Promise<void>
}

/** Real PostgreSQL and real sockets; models are what a test makes of them. */
export async function aiWorld(own: Partial<AiLimits> = {}): Promise<AiWorld> {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team" })
  const { clock, newId, scope } = db
  const listener = makeListener({ url: db.urls.app, clock, log: silentLog })
  const lines: string[] = []
  const log = logInto(lines)
  const limits = { ...aiLimits, ...own }
  const line: AiWorld["line"] = { of: () => [] }
  const choices: string[] = []
  const models: AppModels = {
    line: (name) => line.of(name),
    choices: () => choices,
    failure: (error) => readModelFailure(error, clock.now()),
  }
  const ai = makeAi({
    ...{ clock, newId, scope, log, listener, limits, models, vault: testVault },
    ...{ month: projectMonth, limiter: memoryRateLimiter(clock), live: { onOpen: () => {} } },
  })
  const heard = Promise.withResolvers<void>()
  listener.onState((hearing) => hearing && heard.resolve())
  listener.start()
  await heard.promise
  const deeds = deedsOf({ db, org, ai, models })
  return {
    ...{ db, org, ai, limits, line, choices, models, ...deeds },
    logged: () => lines.join("\n"),
    async close() {
      deeds.endMachines()
      await listener.close()
      await db.close()
    },
  }
}

/** What people and their apps do, and what can be seen of it. */
function deedsOf({ db, org, ai, models }: Pick<AiWorld, "db" | "org" | "ai" | "models">) {
  const ends: (() => void)[] = []
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  const project = async () =>
    (await act((ctx) => createProject(ctx, { name: "Asks", preview: "private" }))).id
  const change = (projectId: IdOf<"project">, set: AiChange) =>
    act((ctx) =>
      changeAi(ctx, { vault: testVault, models }, { projectId, set, ifMatch: undefined }),
    )
  const machine = async (projectId: IdOf<"project">) => {
    const its = doorMachine({ ...org, id: db.newId("vm"), projectId, network: true })
    ends.push(its.end)
    return its.machine
  }
  const client = async (of: LiveMachine, key?: string) => {
    const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey } = await ai.variables(of)
    if (!baseURL || !apiKey) throw new Error("the machine has no door")
    return new OpenAI({ baseURL, apiKey: key ?? apiKey, maxRetries: 0 })
  }
  return {
    ...{ act, project, change, machine, client },
    show: (projectId: IdOf<"project">) => act((ctx) => ai.show(ctx, projectId)),
    async app(limits: AiChange = {}) {
      const projectId = await project()
      await change(projectId, { enabled: true, ...limits })
      const its = await machine(projectId)
      return { projectId, machine: its, client: await client(its) }
    },
    rows: async (text: string, values: unknown[]) => (await db.adminPool.query(text, values)).rows,
    endMachines() {
      for (const end of ends) end()
    },
  }
}

/** Keeps all that is said, with what it is said of. */
function logInto(lines: string[]): Log {
  const write = (...said: unknown[]) => void lines.push(inspect(said, { depth: 10 }))
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log }
  return log
}

/** A model that costs a hundredth of a cent for each token that it writes, and is not simulated. */
export function pricedModel(
  parts: LanguageModelV4StreamPart[] | LanguageModelV4["doStream"],
): AppModel {
  const doStream: LanguageModelV4["doStream"] =
    typeof parts === "function" ? parts : async () => ({ stream: ReadableStream.from(parts) })
  return {
    model: {
      ...{ specificationVersion: "v4", provider: "maker", modelId: "clever", supportedUrls: {} },
      ...{ doGenerate: () => Promise.reject(new Error("streams only")), doStream },
    },
    info: { provider: "maker", model: "clever", simulated: false, label: "clever by Maker" },
    costOf: ({ output }) => output * 100,
  }
}

/** An answer of two pieces that says what it used. */
export const answered = (input: number, output: number): LanguageModelV4StreamPart[] => [
  { type: "text-start", id: "1" },
  { type: "text-delta", id: "1", delta: "Hello, " },
  { type: "text-delta", id: "1", delta: "app." },
  { type: "text-end", id: "1" },
  {
    type: "finish",
    finishReason: { unified: "stop", raw: undefined },
    usage: {
      inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: output, text: output, reasoning: 0 },
    },
  },
]
