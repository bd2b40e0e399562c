import { microdollarsOf, moneyOf } from "@vibecaas/contract/money"
import { z } from "zod"
import type { RoleLimits } from "../models/model.ts"
import type { StepRow } from "../step.ts"

/**
 * What agents may use. Waiting for a machine is counted; waiting to ask a model's server again, or
 * for a person's answer, is not.
 */
export interface Budgets {
  run: {
    /** input and output tokens of all tasks together */
    tokensMax: number
    /** what answers of models cost by list price, in US cents */
    centsMax: number
    /** time spent in calls of models, tools and checks, of all tasks together */
    minutesMax: number
    /** questions that its agents may ask people */
    questionsMax: number
    /** how long its draft runs on while all that is waited for is a person, in minutes */
    draftMinutesMax: number
  }
  task: {
    /** model calls */
    stepsMax: number
    tokensMax: number
    /** what its answers cost by list price, in US cents; absent: only its run limits it */
    centsMax?: number
    /** time spent in calls of models, tools and checks */
    minutesMax: number
    /** conversations, the first and those that mend what the check found */
    triesMax: number
  }
  call: {
    /** until a model's answer begins, in `ms` */
    firstMsMax: number
    /** between two pieces of an answer, in `ms` */
    idleMsMax: number
    /** one answer of a model from beginning to end, in `ms` */
    modelMsMax: number
    /** how long one answer is waited for while the model's server is away or busy, in `ms` */
    patienceMsMax: number
    /** requests for one answer that fail in another way that may pass */
    attemptsMax: number
    /** one command, in `ms` */
    commandMsMax: number
    /** one answer of a model */
    outputTokensMax: number
  }
}

export const defaultBudgets: Budgets = {
  run: {
    tokensMax: 3_000_000,
    centsMax: 2000,
    minutesMax: 240,
    questionsMax: 5,
    draftMinutesMax: 15,
  },
  task: { stepsMax: 60, tokensMax: 1_000_000, minutesMax: 30, triesMax: 3 },
  call: {
    firstMsMax: 600_000,
    idleMsMax: 120_000,
    modelMsMax: 3_600_000,
    patienceMsMax: 900_000,
    attemptsMax: 4,
    commandMsMax: 120_000,
    outputTokensMax: 32_000,
  },
}

/** The budgets of a role that has some of its own. */
export function budgetsWith(usual: Budgets, own: RoleLimits): Budgets {
  const { run, task, call } = usual
  const centsMax = own.centsMax ?? task.centsMax
  return {
    run,
    task: {
      ...task,
      tokensMax: own.tokensMax ?? task.tokensMax,
      ...(centsMax === undefined ? {} : { centsMax }),
    },
    call: { ...call, outputTokensMax: own.outputTokensMax ?? call.outputTokensMax },
  }
}

/** What a task has used of its budget so far; what it cost in millionths of a US dollar. */
export interface Used {
  steps: number
  tokens: number
  cost: number
  ms: number
}

/** What the rows of a task's journal say that it used. */
export function usedBy(rows: readonly UsingCall[]): Used {
  const used = { steps: 0, tokens: 0, cost: 0, ms: 0 }
  for (const row of rows) addUsed(used, row)
  return used
}

type UsingCall = Pick<StepRow, "kind" | "durationMs" | "output" | "cost">

/** Counts one more call. */
export function addUsed(used: Used, { kind, durationMs, output, cost }: UsingCall): void {
  used.ms += durationMs
  used.cost += cost ?? 0
  if (kind !== "model") return
  used.steps += 1
  const { usage } = usageOf.safeParse(output).data ?? {}
  used.tokens += (usage?.inputTokens.total ?? 0) + (usage?.outputTokens.total ?? 0)
}

const total = z.object({ total: z.number().optional() })
const usageOf = z.object({ usage: z.object({ inputTokens: total, outputTokens: total }) })

/** The sentence that says which part of a task's budget is used up, if any is. */
export function exhausted(used: Used, budget: Budgets["task"]): string | undefined {
  if (used.steps >= budget.stepsMax)
    return `The task used all of its ${budget.stepsMax} model calls.`
  if (used.tokens >= budget.tokensMax) {
    return `The task used all of its ${budget.tokensMax} tokens.`
  }
  if (budget.centsMax !== undefined && used.cost >= microdollarsOf(budget.centsMax)) {
    return `The task used all of its ${moneyOf(microdollarsOf(budget.centsMax))}.`
  }
  if (used.ms >= budget.minutesMax * 60_000) {
    return `The task used all of its ${budget.minutesMax} minutes.`
  }
  return undefined
}

/** What a run used: tokens, millionths of a US dollar and `ms` in calls. */
export interface RunUse {
  tokens: number
  cost: number
  ms: number
}

/** What a run may use in all, as its row keeps it; null: any. */
export interface RunLimits {
  tokensMax: number
  costMax: number | null
  workedMsMax: number | null
}

/** The limits of a run that has used this much and gets a budget beside it. */
export function limitsBeside(used: RunUse, budget: Budgets["run"]): RunLimits {
  return {
    tokensMax: used.tokens + budget.tokensMax,
    costMax: used.cost + microdollarsOf(budget.centsMax),
    workedMsMax: used.ms + budget.minutesMax * 60_000,
  }
}

/** What one answer of a model may use at the most. */
export type Wanted = Pick<RunUse, "tokens" | "cost">

/** The most that one answer of a model may take. */
export interface WantedAnswer extends Wanted {
  /** it takes nothing from the organization's month */
  simulated: boolean
}

/** The sentence that says which part of its run's budget an answer does not fit in, if any is. */
export function beyondRun(used: RunUse, limits: RunLimits, wanted: Wanted): string | undefined {
  const { tokensMax, costMax, workedMsMax } = limits
  if (workedMsMax !== null && used.ms >= workedMsMax) {
    return `The run used all of its ${Math.round(workedMsMax / 60_000)} minutes.`
  }
  if (used.tokens + wanted.tokens > tokensMax) {
    return `The run has ${tokensMax - used.tokens} of its ${tokensMax} tokens left, too few for another answer of the model.`
  }
  if (costMax !== null && wanted.cost > 0 && used.cost + wanted.cost > costMax) {
    const left = moneyOf(Math.max(0, costMax - used.cost))
    return `The run has ${left} of its ${moneyOf(costMax)} left, too little for another answer of the model, which may cost ${moneyOf(wanted.cost)}.`
  }
  return undefined
}

/** A careful guess of how many tokens a text has. */
export const estimatedTokens = (text: string) => Math.ceil(text.length / 3)
