import { createClient } from "@redis/client"
import type { RateLimiter } from "../http/rate-limit.ts"
import { memoryRateLimiter } from "../http/rates/memory-rate-limiter.ts"
import { rateStoreInDatabase } from "../http/rates/queries.ts"
import { rateStoreInRedis } from "../http/rates/rate-store-in-redis.ts"
import { sharedRateLimiter } from "../http/rates/shared-rate-limiter.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"

interface OwnLimiter extends RateLimiter {
  close(): void
}

/** Where calls are counted: a server that is alone needs no other place than its memory. */
export function makeRateLimiter(
  { config }: Pick<ServerInput, "config">,
  parts: Pick<Foundations, "database" | "clock" | "log">,
): OwnLimiter {
  if (config.redisUrl) return inRedis(config.redisUrl, parts)
  const close = () => {}
  if (!config.databaseUrl) return { ...memoryRateLimiter(parts.clock), close }
  const store = rateStoreInDatabase(parts.database)
  return { ...sharedRateLimiter({ ...parts, store }), close }
}

/** Connects by itself, now and after each loss; calls made meanwhile fail at once. */
function inRedis(url: string, parts: Pick<Foundations, "clock" | "log">): OwnLimiter {
  const redis = createClient({ url, disableOfflineQueue: true, commandOptions: { timeout: 500 } })
  redis.on("error", (error) => parts.log.warn({ err: error }, "Redis is away"))
  redis.connect().catch((error) => parts.log.warn({ err: error }, "Redis was not reached"))
  return {
    ...sharedRateLimiter({ ...parts, store: rateStoreInRedis(redis) }),
    close: () => redis.destroy(),
  }
}
