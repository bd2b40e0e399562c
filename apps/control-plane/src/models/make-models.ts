import type { Kind } from "../core/kind.ts"
import { type ModelsKindParts, modelHandlers } from "./routes.ts"

/** What people set of models while the platform runs. */
export function makeModelsKind(parts: ModelsKindParts): Kind<"models"> {
  return { handlers: modelHandlers(parts), loops: [] }
}
