import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx, Parts } from "../core/ctx.ts"
import type { Limiter } from "../core/limiter.ts"
import type { Vault } from "../secrets/index.ts"
import type { AppModels } from "./app-models.ts"

/** What one call may use, or used: tokens and millionths of a US dollar. */
export interface Use {
  tokens: number
  cost: number
}

/** A project's month, which its app shares with its runs. */
export interface ProjectMonth {
  /** the sentence that says which part of the project's budget does not hold it, if any does not */
  beyond(ctx: Ctx, projectId: IdOf<"project">, wanted: Use): Promise<string | undefined>
  add(ctx: Ctx, projectId: IdOf<"project">, used: Use): Promise<void>
}

export interface AiLimits {
  /** calls of one app at the same time */
  atOnceMax: number
  perMinuteMax: number
  bodyBytesMax: number
  /** one call from its beginning to its end, in `ms` */
  callMsMax: number
  /** tokens of an answer where the app does not say, and the most that it may say */
  outputTokens: { usual: number; max: number }
}

export const aiLimits: AiLimits = {
  ...{ atOnceMax: 8, perMinuteMax: 60, bodyBytesMax: 8 * 1024 * 1024, callMsMax: 600_000 },
  outputTokens: { usual: 8192, max: 32_000 },
}

export interface AiParts extends Parts {
  /** keeps what keys of machines are derived from */
  vault: Vault
  models: AppModels
  month: ProjectMonth
  /** counts calls by project */
  limiter: Limiter
  limits: AiLimits
}
