import type { IdOf } from "@vibecaas/contract/kinds"
import { centsOf, microdollarsOf, moneyOf } from "@vibecaas/contract/money"
import type { ProjectBudget } from "@vibecaas/contract/project-budget"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { dayInWords, monthAfter, monthOf } from "../core/month.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { needLivingProject } from "../projects/index.ts"
import {
  asideInProject,
  type BudgetLimits,
  type BudgetRow,
  findBudget,
  lockBudget,
  usedInMonth,
  writeBudget,
} from "./queries/project-budgets.ts"
import { lockUnfinishedRun } from "./queries/runs.ts"
import type { RunUse, Wanted } from "./work/budget.ts"

/**
 * A project's budget is what all of its runs and its app together may use in a month (UTC). Like a run's, each
 * answer sets aside the most it may use and is settled by what it did use.
 */

const msPerMinute = 60_000
const any: BudgetLimits = { tokensMax: null, costMax: null, msMax: null }

/** @throws Fault `not_found` */
export async function showBudget(ctx: Ctx, projectId: IdOf<"project">): Promise<ProjectBudget> {
  const now = ctx.clock.now()
  const row = await findBudget(ctx.db, projectId)
  const { tokensMax, costMax, msMax } = row ?? any
  const used = await usedInMonth(ctx.db, projectId, monthOf(now))
  return {
    tokensMax,
    centsMax: costMax === null ? null : centsOf(costMax),
    minutesMax: msMax === null ? null : msMax / msPerMinute,
    used: { tokens: used.tokens, cents: centsOf(used.cost), minutes: used.ms / msPerMinute },
    beginsAnew: monthAfter(now).toISOString(),
    version: row?.version ?? 0,
  }
}

type Limits = Pick<ProjectBudget, "tokensMax" | "centsMax" | "minutesMax">

/**
 * Changes what a project's runs may use in a month: the next answer of a model follows it.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `version_mismatch`
 */
export async function changeBudget(
  ctx: Ctx,
  change: {
    projectId: IdOf<"project">
    /** the version the change is based on; any when absent */
    ifMatch: number | undefined
    set: { [Name in keyof Limits]?: Limits[Name] | undefined }
  },
): Promise<ProjectBudget> {
  const { projectId, ifMatch, set } = change
  const { name: about } = await needLivingProject(ctx, projectId)
  await lockUnfinishedRun(ctx.db, projectId)
  const { version, ...before } = await showBudget(ctx, projectId)
  if (ifMatch !== undefined && ifMatch !== version) {
    throw versionMismatch("this budget")
  }
  const { tokensMax = before.tokensMax, centsMax = before.centsMax } = set
  const { minutesMax = before.minutesMax } = set
  const row: BudgetRow = {
    ...{ projectId, organizationId: ctx.organizationId, version: version + 1 },
    tokensMax,
    costMax: centsMax === null ? null : microdollarsOf(centsMax),
    msMax: minutesMax === null ? null : minutesMax * msPerMinute,
    updatedAt: ctx.clock.now(),
  }
  await writeBudget(ctx.db, row)
  const details = { about, tokensMax, centsMax, minutesMax }
  record(ctx, { action: "project.budget", subject: projectId, details })
  return showBudget(ctx, projectId)
}

/** Whether the month has something left of the project's budget. @throws Fault `quota_exceeded` */
export async function needBudget(ctx: Ctx, projectId: IdOf<"project">): Promise<void> {
  const limits = await findBudget(ctx.db, projectId)
  const used = limits && (await usedInMonth(ctx.db, projectId, monthOf(ctx.clock.now())))
  const part = used && exceededPart(used, limits, { tokens: 1, cost: 0 })
  if (part) throw fault("quota_exceeded", { say: untilAnew(ctx, part) })
}

/**
 * The sentence that says which part of its project's budget an answer does not fit in, if any is.
 *
 * @param so.exceptTaskId whose answer it is: what it has set aside before is replaced; absent when it is the app's
 */
export async function beyondProject(
  ctx: Ctx,
  projectId: IdOf<"project">,
  { wanted, exceptTaskId }: { wanted: Wanted; exceptTaskId?: IdOf<"task"> },
): Promise<string | undefined> {
  const limits = await lockBudget(ctx.db, projectId)
  if (!limits) return undefined
  const { tokens, cost, ms } = await usedInMonth(ctx.db, projectId, monthOf(ctx.clock.now()))
  const aside = await asideInProject(ctx.db, projectId, exceptTaskId)
  const used = { tokens: tokens + aside.tokens, cost: cost + aside.cost, ms }
  const part = exceededPart(used, limits, wanted)
  return part && untilAnew(ctx, part)
}

function untilAnew(ctx: Ctx, part: string): string {
  const anew = dayInWords(monthAfter(ctx.clock.now()))
  return `${part} It begins anew on ${anew}; until then an owner or admin of the organization can change it in the project’s settings.`
}

function exceededPart(
  used: RunUse,
  { tokensMax, costMax, msMax }: BudgetLimits,
  wanted: Wanted,
): string | undefined {
  if (msMax !== null && used.ms >= msMax) {
    return `The project used all of the ${Math.round(msMax / msPerMinute)} minutes that its budget has for this month.`
  }
  if (tokensMax !== null && used.tokens + wanted.tokens > tokensMax) {
    const left = Math.max(0, tokensMax - used.tokens)
    return `The project’s budget has ${left} of this month’s ${tokensMax} tokens left, too few for another answer of the model.`
  }
  const dear = costMax !== null && (wanted.cost > 0 ? used.cost + wanted.cost > costMax : false)
  const spent = costMax !== null && used.cost > 0 && used.cost >= costMax
  if (costMax === null || !(dear || spent)) return undefined
  const left = moneyOf(Math.max(0, costMax - used.cost))
  return `The project’s budget has ${left} of this month’s ${moneyOf(costMax)} left, too little for another answer of the model.`
}
