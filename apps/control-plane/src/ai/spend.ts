import { monthlyOfModels } from "@vibecaas/contract/agent-limits"
import type { IdOf, Meter } from "@vibecaas/contract/kinds"
import { moneyOf } from "@vibecaas/contract/money"
import { isFault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { dayInWords, monthAfter, monthOf } from "../core/month.ts"
import type { LiveMachine } from "../machines/index.ts"
import { release, reserveAll } from "../quotas/index.ts"
import { meter } from "../usage/index.ts"
import type { AiParts, Use } from "./ai-parts.ts"
import type { UsedTokens } from "./app-models.ts"
import {
  type AiRow,
  addToMonth,
  deleteCall,
  deleteLateCalls,
  insertCall,
  underWay,
  usedInMonth,
} from "./queries.ts"
import { ApiError } from "./wire/api-error.ts"

/**
 * A call sets aside the most that it may use, of the app's month, the project's and the organization's,
 * and is settled by what it did use. What a server that died had set aside comes back by the next call.
 */

export interface SpentCall {
  id: IdOf<"aiCall">
  machine: Pick<LiveMachine, "id" | "organizationId" | "projectId">
  simulated: boolean
}

type SpendParts = Pick<AiParts, "month" | "limits">

/**
 * @param row the app's, locked
 * @throws ApiError 429 that says which budget it does not fit in
 */
export async function beginCall(
  ctx: Ctx,
  { month, limits }: SpendParts,
  { row, call, wanted }: { row: AiRow; call: SpentCall; wanted: Use },
): Promise<void> {
  const now = ctx.clock.now()
  for (const late of await deleteLateCalls(ctx.db, now)) await release(ctx, monthlyOfModels, late)
  const { projectId } = row
  const aside = await underWay(ctx.db, projectId)
  if (aside.calls >= limits.atOnceMax) {
    const say = `The app asks ${limits.atOnceMax} things at the same time, which is the most it may.`
    throw new ApiError(429, say, { code: "rate_limit_exceeded", again: 2 })
  }
  if (!call.simulated) {
    const used = await usedInMonth(ctx.db, projectId, monthOf(now))
    const all = { tokens: used.tokens + aside.tokens, cost: used.cost + aside.cost }
    const say =
      beyondApp(all, row, { wanted, now }) ??
      (await month.beyond(ctx, projectId, add(aside, wanted)))
    if (say) throw exhausted(say)
    await reserveMonth(ctx, call.id, wanted)
  }
  const kept = call.simulated ? { tokens: 0, cost: 0 } : wanted
  const endsAt = new Date(now.getTime() + limits.callMsMax + graceMs)
  const { id, machine } = call
  const { organizationId } = ctx
  await insertCall(ctx.db, { id, organizationId, projectId: machine.projectId, ...kept, endsAt })
}

/** between the end of a call's time and that of what it had set aside, in `ms` */
const graceMs = 60_000

const add = (one: Use, other: Use): Use => ({
  tokens: one.tokens + other.tokens,
  cost: one.cost + other.cost,
})

/** Trying again is no help. */
export const exhausted = (say: string) =>
  new ApiError(429, say, { code: "insufficient_quota", again: false })

function beyondApp(
  used: Use,
  { tokensMax, costMax }: Pick<AiRow, "tokensMax" | "costMax">,
  { wanted, now }: { wanted: Use; now: Date },
): string | undefined {
  const anew = `It begins anew on ${dayInWords(monthAfter(now))}; until then it can be changed on the app’s page.`
  if (used.tokens + wanted.tokens > tokensMax) {
    const left = Math.max(0, tokensMax - used.tokens)
    return `The app has ${left} of this month’s ${tokensMax} tokens left, too few for another answer. ${anew}`
  }
  const dear = wanted.cost > 0 ? used.cost + wanted.cost > costMax : used.cost > costMax
  if (!dear) return undefined
  const left = moneyOf(Math.max(0, costMax - used.cost))
  return `The app has ${left} of this month’s ${moneyOf(costMax)} left, too little for another answer. ${anew}`
}

/** @throws ApiError 429 */
async function reserveMonth(ctx: Ctx, subject: string, { tokens, cost }: Use): Promise<void> {
  try {
    await reserveAll(ctx, subject, [
      ...(cost > 0 ? [["model_microdollars", cost] as const] : []),
      ["model_tokens", tokens],
    ])
  } catch (error) {
    if (isFault(error, "quota_exceeded")) throw exhausted(error.say)
    throw error
  }
}

/** Counts what a call used, once, however often it is said. */
export async function settleCall(
  ctx: Ctx,
  { month }: Pick<AiParts, "month">,
  { call, used, cost }: { call: SpentCall; used: UsedTokens; cost: number | null },
): Promise<void> {
  const { id, machine, simulated } = call
  const { projectId } = machine
  if (!(await deleteCall(ctx.db, id))) return
  if (!simulated) await release(ctx, monthlyOfModels, id)
  const spent = simulated
    ? { tokens: 0, cost: 0 }
    : { tokens: used.input + used.output, cost: cost ?? 0 }
  await addToMonth(ctx.db, { projectId, month: monthOf(ctx.clock.now()), ...spent })
  if (simulated) return
  await month.add(ctx, projectId, spent)
  const quantities: [Meter, number][] = [
    ["agent.tokens.input", used.input],
    ["agent.tokens.output", used.output],
    ["agent.microdollars", spent.cost],
  ]
  for (const [name, quantity] of quantities) {
    if (quantity === 0) continue
    await meter(ctx, { meter: name, quantity, sourceKey: id, subject: machine.id })
  }
}
