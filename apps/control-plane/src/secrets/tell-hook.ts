import { createHmac } from "node:crypto"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import { inTurn } from "../core/resource.ts"
import { type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { lockSecret, updateSecret } from "./queries.ts"
import { openSealed } from "./seal-value.ts"
import type { SecretRow } from "./secret.ts"
import type { HookCall, SecretsParts } from "./secrets-parts.ts"
import { secretResource, tellSecret } from "./tell-secret.ts"

interface Tell {
  do: "tell"
}

/** Longest wait for what a hook answers, in `ms`. */
const callMsMax = 15_000

/** Tells the hooks of secrets of each new version: that there is one, and never its value. */
export function hookLoop(parts: SecretsParts): LoopDefinition {
  return worldLoop<SecretRow, undefined, Tell>(parts, {
    of: secretResource,
    description: "Tells hooks of new versions of secrets",
    concurrency: 2,
    limits: { triesMax: 5 },
    due: parts.due,
    look: async () => undefined,
    next: (row): Tell | Rest => (row.due ? { do: "tell" } : rest(null)),
    take: (_, { turn, row }) => tell(parts, turn, row),
    ending: () => false,
    fail: async (ctx, row, { say }) => {
      await updateSecret(ctx.db, row.id, { hookFailure: say })
      tellSecret(ctx, row)
    },
  })
}

async function tell(parts: SecretsParts, turn: Turn, row: SecretRow): Promise<void> {
  const call = await inTurn(parts, turn, async (ctx) => {
    invariant(row.hookKey !== null, "a hook is kept with its key")
    const of = { secretId: row.id, number: 0, sealed: row.hookKey }
    return callFor(row, { key: await openSealed(ctx, parts, of), now: ctx.clock.now() })
  })
  const over = new AbortController()
  const signal = AbortSignal.any([turn.signal, over.signal])
  const late = () => {
    over.abort()
    return "The hook did not answer in time."
  }
  const answer = parts.call({ ...call, signal })
  const why = await inTime({ clock: parts.clock, ms: callMsMax }, answer, late)
  if (why !== undefined) throw fault("unavailable", { say: why, retryable: true })
  await inTurn(parts, turn, async (ctx) => {
    const now = await lockSecret(ctx.db, row.id)
    // Somebody named another address meanwhile: that one has heard of nothing.
    if (now?.hookUrl !== row.hookUrl) return
    await updateSecret(ctx.db, row.id, { hookTold: row.current, hookFailure: null })
    tellSecret(ctx, row)
  })
}

/** Whoever gets it checks the signature over the time and the body, and reads the value with a key of its own. */
export function callFor(
  row: SecretRow,
  { key, now }: { key: string; now: Date },
): Omit<HookCall, "signal"> {
  const { id, organizationId, projectId, name, environment, current: version } = row
  invariant(projectId !== null && row.hookUrl !== null, "only secrets of projects have hooks")
  const body = JSON.stringify({
    event: "secret.version",
    secret: { id, name, environment, version },
    projectId,
  })
  const time = Math.floor(now.getTime() / 1000)
  const signature = createHmac("sha256", key).update(`${time}.${body}`).digest("hex")
  const headers = {
    "content-type": "application/json",
    "vibecaas-delivery": `${id}/${version}`,
    "vibecaas-signature": `t=${time},v1=${signature}`,
  }
  return { organizationId, projectId, url: row.hookUrl, headers, body }
}
