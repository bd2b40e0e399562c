import type { Kind } from "../core/kind.ts"
import type { PeopleParts } from "./people-parts.ts"
import { peopleHandlers } from "./routes.ts"

/** Who belongs to an organization, who is invited, and with whom projects are shared. */
export function makePeople(parts: PeopleParts): Kind<"people"> {
  return { handlers: peopleHandlers(parts), loops: [] }
}
