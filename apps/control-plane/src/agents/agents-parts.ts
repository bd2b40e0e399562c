import type { Key } from "@vibecaas/reconcile/key"
import type { Ai } from "../ai/index.ts"
import type { Sessions } from "../apps/index.ts"
import type { Parts } from "../core/ctx.ts"
import type { McpTools } from "../mcp/index.ts"
import type { Network } from "../network/index.ts"
import type { CommitParts } from "../projects/index.ts"
import type { Catalogue } from "../starters/index.ts"
import type { AgentMeters } from "./agent-meters.ts"
import type { Browser } from "./browser/browser.ts"
import type { LooksAhead } from "./browser/eyes.ts"
import type { Pictures } from "./browser/pictures.ts"
import type { Models } from "./models/model.ts"
import type { Budgets } from "./work/budget.ts"
import type { Queues } from "./work/project-machine.ts"

/** What the kind is made with. */
export interface AgentsOptions extends Parts, CommitParts {
  machines: Sessions
  starters: Catalogue
  /** tools of servers that people connected */
  mcp: McpTools
  /** whether a project's app may ask models */
  ai: Pick<Ai, "show" | "turnOn">
  /** domains that a project's machines may reach */
  network: Pick<Network, "isAllowed" | "allow">
  models: Models
  budgets: Budgets
  /** what counts calls and tasks for whoever watches the installation, if anything does */
  meters?: AgentMeters
  browser: Browser
  pictures: Pictures
  /** the address of a project's preview */
  previewUrl: (slug: string) => string
  /** tasks worked on at the same time in this process */
  tasksAtOnce: number
  /** how often a task at work looks whether its run was cancelled although no wake was heard, in `ms` */
  watchEveryMs: number
  /** keys of runs and tasks that are not at their end */
  due: Readonly<Record<"runs" | "tasks" | "comparisons", () => Promise<Key[]>>>
}

export interface AgentsParts extends AgentsOptions {
  /** one `/workspace` and one branch per draft: commands and commits take turns */
  queues: Queues
  looksAhead: LooksAhead
}
