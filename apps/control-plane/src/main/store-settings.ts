import { storesPerPerson } from "@vibecaas/contract/store-plans"
import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"
import { clusterOf, clusterSettings } from "./cluster-settings.ts"
import { domainName } from "./domain-name.ts"

const whole = (limits: { min: number; max: number; usual: number }) =>
  z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(limits.min, `must be ${limits.min} to ${limits.max}`)
    .max(limits.max, `must be ${limits.min} to ${limits.max}`)
    .default(limits.usual)

const usualAtOnce = 5

/** How stores are made, and where they are. */
export const storeSettings = {
  ...clusterSettings,
  VIBECAAS_STORES_DOMAIN: setting(
    domainName.optional(),
    "domain below which stores live",
    "stores.<base domain>",
  ),
  STORES_DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .refine(
        (text) => URL.canParse(text),
        "must be an address such as postgresql://user:password@host",
      )
      .optional(),
    "a PostgreSQL of yours for stores, as a role that may create roles and databases; never the platform's own",
    "one of their own, of the system's packages",
  ),
  VIBECAAS_STORES_AT_ONCE: setting(
    whole({ min: 1, max: 100, usual: usualAtOnce }),
    "stores that are made at the same time, over all servers",
    String(usualAtOnce),
  ),
  VIBECAAS_STORES_PER_PERSON: setting(
    whole({ min: 1, max: 10_000, usual: storesPerPerson }),
    "stores that one person may have",
    String(storesPerPerson),
  ),
}

type Values = Parameters<typeof clusterOf>[0] & {
  STORES_DATABASE_URL: string | undefined
  VIBECAAS_STORES_DOMAIN: string | undefined
  VIBECAAS_STORES_AT_ONCE: number
  VIBECAAS_STORES_PER_PERSON: number
}

export const storesOf = (values: Values, base: string) => ({
  domain: values.VIBECAAS_STORES_DOMAIN ?? `stores.${base}`,
  databaseUrl: values.STORES_DATABASE_URL,
  cluster: clusterOf(values),
  atOnce: values.VIBECAAS_STORES_AT_ONCE,
  perPerson: values.VIBECAAS_STORES_PER_PERSON,
})
