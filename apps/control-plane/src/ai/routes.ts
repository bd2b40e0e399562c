import type { Handlers } from "../core/kind.ts"
import type { AiParts } from "./ai-parts.ts"
import { chooseModels, showModels } from "./models-of.ts"
import { changeAi, showAi } from "./settings.ts"

export function aiHandlers(parts: AiParts): Handlers<"ai"> {
  return {
    "GET /projects/{projectId}/ai": ({ ctx, params }) => showAi(ctx, parts, params.projectId),
    "PATCH /projects/{projectId}/ai": ({ ctx, params, body, ifMatch }) =>
      changeAi(ctx, parts, { ...params, ifMatch, set: body }),
    "GET /organizations/{organizationId}/ai/models": ({ ctx }) => showModels(ctx, parts),
    "PATCH /organizations/{organizationId}/ai/models": ({ ctx, body, ifMatch }) =>
      chooseModels(ctx, parts, { ifMatch, set: body }),
  }
}
