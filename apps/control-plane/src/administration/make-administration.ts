import type { Kind } from "../core/kind.ts"
import type { AdministrationParts } from "./parts.ts"
import { administrationHandlers } from "./routes.ts"

/** People and organizations of the whole installation, for those who run it. */
export function makeAdministration(parts: AdministrationParts): Kind<"administration"> {
  return { handlers: administrationHandlers(parts), loops: [] }
}
