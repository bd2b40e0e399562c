import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"
import { type RateLimits, defaultRateLimits as usual } from "../http/rate-limit.ts"
import { whole, wholeOrNone } from "./whole-setting.ts"

/** How often the API may be called, and where replicas count together. */
export const rateSettings = {
  VIBECAAS_REQUESTS_PER_MINUTE: wholeOrNone(
    "requests a minute of one organization, and of one person or key, whatever the plan",
    "what plans have",
  ),
  VIBECAAS_STARTS_PER_MINUTE: wholeOrNone(
    "writes a minute of one person that start machines or agents, whatever the plan",
    "what plans have",
  ),
  VIBECAAS_ANONYMOUS_PER_MINUTE: whole(
    "requests a minute without a session from one address",
    usual.anonymous.max,
  ),
  REDIS_URL: setting(
    z
      .string()
      .regex(/^rediss?:\/\//, "must start with redis:// or rediss://")
      .optional(),
    "a Redis in which replicas count requests together",
    "in the database when DATABASE_URL is set, else each server for itself",
  ),
}

interface Values {
  VIBECAAS_REQUESTS_PER_MINUTE: number | undefined
  VIBECAAS_STARTS_PER_MINUTE: number | undefined
  VIBECAAS_ANONYMOUS_PER_MINUTE: number
}

/** The limits that the settings make. */
export function rateLimitsOf(values: Values): RateLimits {
  const requests = aMinute(values.VIBECAAS_REQUESTS_PER_MINUTE)
  return {
    ...usual,
    ...{ organization: requests, person: requests },
    provisioning: aMinute(values.VIBECAAS_STARTS_PER_MINUTE),
    anonymous: { ...usual.anonymous, max: values.VIBECAAS_ANONYMOUS_PER_MINUTE },
  }
}

const aMinute = (max: number | undefined) =>
  max === undefined ? undefined : { max, windowSeconds: 60 }
