import { masterKey } from "@vibecaas/kernel/seal"
import type { HttpParts } from "../http/assemble.ts"
import { ensurePersonalOrganization, recordAccountDeed, showMe } from "../tenants/index.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"

/** The organization that everybody has, what is written into it when they come and go, and all they belong to. */
export type People = Pick<HttpParts, "ensurePersonalOrganization" | "recordAccountDeed" | "showMe">

export function makePeople(foundations: Foundations, { secrets }: ServerInput): People {
  const key = masterKey(Buffer.from(secrets.masterKey, "hex"))
  const parts = { ...foundations, masterKey: key }
  return {
    ensurePersonalOrganization: (person) => ensurePersonalOrganization(parts, person),
    recordAccountDeed: (deed) => recordAccountDeed(parts, deed),
    showMe: (principal) => showMe(foundations.database, principal),
  }
}
