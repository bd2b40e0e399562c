import { masterKey } from "@vibecaas/kernel/seal"
import { type Accounts, makeAccounts } from "../http/auth/make-accounts.ts"
import type { RateLimiter } from "../http/rate-limit.ts"
import type { HttpConfig } from "../http/server.ts"
import { erasePerson, exportPerson, isInvited } from "../people/index.ts"
import { ensurePersonalOrganization, mailPerson, recordAccountDeed } from "../tenants/index.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"

export interface PeopleParts {
  input: ServerInput
  foundations: Foundations
  config: HttpConfig
  limiter: RateLimiter
}

/** Everybody's account, with the organization that each has, into which their coming and going is written. */
export function makePeople({ input, foundations, config, limiter }: PeopleParts): Accounts {
  const key = masterKey(Buffer.from(input.secrets.masterKey, "hex"))
  const parts = { ...foundations, masterKey: key }
  return makeAccounts({
    ...{ ...foundations, config, limiter },
    authSecret: input.secrets.sessionSecret,
    provider: input.config.oidc,
    ensurePersonalOrganization: (person) => ensurePersonalOrganization(parts, person),
    mailPerson: (person, letter) => mailPerson(parts, person, letter),
    exportPerson: (of) => exportPerson(foundations.database, of),
    erasePerson: (of) => erasePerson(parts, of),
    isInvited: (of) => isInvited(foundations, of),
    recordAccountDeed: (deed) => recordAccountDeed(parts, deed),
  })
}
