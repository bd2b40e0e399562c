import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import type { Kind } from "../core/kind.ts"
import { type AppOf, type Given, give, stampOf } from "./given.ts"
import { type Mask, maskFor } from "./mask.ts"
import { putUses, type Use } from "./queries.ts"
import { secretHandlers } from "./routes.ts"
import type { SealParts, SecretsParts } from "./secrets-parts.ts"
import { hookLoop } from "./tell-hook.ts"

/** What whoever starts apps asks. */
export interface AppSecrets {
  /** which secrets an app has, by their versions */
  stamp(ctx: Ctx, app: AppOf): Promise<string>
  /** @throws Fault `invalid` when a variable refers to what is not there, `seal_broken` */
  give(ctx: Ctx, app: AppOf): Promise<Given>
  /** writes down what an app is started with */
  use(ctx: Ctx, appId: IdOf<"app">, uses: readonly Use[]): Promise<void>
  /** takes the values out of what programs of a project wrote */
  mask(ctx: Ctx, projectId: IdOf<"project">): Promise<Mask>
}

export function makeAppSecrets(parts: SealParts): AppSecrets {
  return {
    stamp: stampOf,
    give: (ctx, app) => give(ctx, parts, app),
    use: (ctx, appId, uses) => putUses(ctx.db, appId, uses),
    mask: (ctx, projectId) => maskFor(ctx, parts, projectId),
  }
}

export interface Secrets {
  kind: Kind<"secrets">
  apps: AppSecrets
}

export function makeSecrets(parts: SecretsParts): Secrets {
  return {
    kind: { handlers: secretHandlers(parts), loops: [hookLoop(parts)] },
    apps: makeAppSecrets(parts),
  }
}
