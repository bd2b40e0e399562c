import { masterKey } from "@vibecaas/kernel/seal"
import { type Accounts, makeAccounts } from "../http/auth/make-accounts.ts"
import type { RateLimiter } from "../http/rate-limit.ts"
import type { HttpConfig } from "../http/server.ts"
import { ensurePersonalOrganization, recordAccountDeed } from "../tenants/index.ts"
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
    ensurePersonalOrganization: (person) => ensurePersonalOrganization(parts, person),
    recordAccountDeed: (deed) => recordAccountDeed(parts, deed),
  })
}
