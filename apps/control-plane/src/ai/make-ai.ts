import type { IdOf } from "@vibecaas/contract/kinds"
import type { ProjectAi } from "@vibecaas/contract/kinds/ai"
import type { Listener } from "@vibecaas/reconcile/listen"
import type { Ctx } from "../core/ctx.ts"
import type { Kind } from "../core/kind.ts"
import { actAsPlatform } from "../core/resource.ts"
import { type LiveMachine, type LiveMachines, makeDoors } from "../machines/index.ts"
import { type AiParts, aiLimits } from "./ai-parts.ts"
import { serveModels } from "./door/serve-models.ts"
import { keyOf } from "./keys.ts"
import { findAi } from "./queries.ts"
import { aiHandlers } from "./routes.ts"
import { changeAi, showAi } from "./settings.ts"

/** Where apps find it in a machine with a network of its own. */
const doorPort = 4891

export interface AiOptions extends Omit<AiParts, "limits"> {
  limits?: AiParts["limits"]
  live: Pick<LiveMachines, "onOpen">
  /** not yet started */
  listener: Pick<Listener, "on" | "onState">
}

export interface Ai {
  kind: Kind<"ai">
  /** what an app's machine is given so that it may ask models; nothing while it may not */
  variables(machine: LiveMachine): Promise<Record<string, string>>
  /** for agents that ask for it */
  show(ctx: Ctx, projectId: IdOf<"project">): Promise<ProjectAi>
  turnOn(
    ctx: Ctx,
    of: { projectId: IdOf<"project">; tokensMax: number; centsMax: number; approvedBy: string },
  ): Promise<ProjectAi>
}

export function makeAi(options: AiOptions): Ai {
  const { live, listener, ...given } = options
  const parts: AiParts = { limits: aiLimits, ...given }
  const read = (machine: LiveMachine) =>
    actAsPlatform(parts, { ...machine, readOnly: true }, async (ctx) =>
      keyOf(ctx, { ...parts, machine }, await findAi(ctx.db, machine.projectId)),
    )
  const doors = makeDoors({
    ...{ live, log: parts.log, port: doorPort },
    wanted: async (machine) => (await read(machine)) !== undefined,
    serve: (machine) => serveModels(parts, machine),
  })
  listener.on("ai", doors.lookAgain)
  // What was said while nobody heard it is looked at when hearing begins.
  listener.onState((hearing) => hearing && doors.lookAgain())
  return {
    kind: { handlers: aiHandlers(parts), loops: [] },
    async variables(machine) {
      const port = await doors.open(machine)
      const key = port === undefined ? undefined : await read(machine)
      if (key === undefined) return {}
      return { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: key }
    },
    show: (ctx, projectId) => showAi(ctx, parts, projectId),
    turnOn: (ctx, { projectId, approvedBy, ...limits }) =>
      changeAi(ctx, parts, {
        ...{ projectId, ifMatch: undefined, approvedBy },
        set: { enabled: true, ...limits },
      }),
  }
}
