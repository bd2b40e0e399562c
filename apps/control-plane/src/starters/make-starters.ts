import type { Kind } from "../core/kind.ts"
import { type StartersParts, starterHandlers } from "./routes.ts"

export function makeStarters(parts: StartersParts): Kind<"starters"> {
  return { handlers: starterHandlers(parts), loops: [] }
}
