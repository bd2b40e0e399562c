import type { Kind } from "../core/kind.ts"
import type { MovesParts } from "./moves-parts.ts"
import { moveLoop } from "./reconcile-move.ts"
import { moveHandlers } from "./routes.ts"

export function makeMoves(parts: MovesParts): Kind<"moves"> {
  return { handlers: moveHandlers(parts), loops: [moveLoop(parts)] }
}
