import { storeSells } from "@vibecaas/contract/store-states"
import { fault } from "@vibecaas/kernel/fault"
import { readOrders } from "@vibecaas/stores/probe-store"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needStore } from "./need-store.ts"
import { listBackups, listReleases } from "./queries/history.ts"
import { readSecrets, releaseOf } from "./release-of.ts"
import { type StoreId, showRelease } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

const ordersMax = 20

/**
 * A store's last orders, as its engine tells them.
 *
 * @throws Fault `not_found`, `wrong_state` unless it runs, `unavailable` when it does not answer
 */
export async function listOrders(ctx: Ctx, parts: StoresParts, id: StoreId) {
  const row = await needStore(ctx, id)
  if (!storeSells(row.state))
    throw fault("wrong_state", { say: "Orders are read from the store itself: it has to run." })
  const release = await releaseOf(ctx, parts, { row, version: row.version, verbose: false })
  const { backend, engines, clock } = parts
  const engine = engines.find(row.engine)
  const read = await readOrders({ backend, engine, release, clock, signal: ctx.signal }, ordersMax)
  if ("orders" in read) return read.orders
  const note = read.failed.failed?.say
  throw fault("unavailable", {
    say: "The store did not tell its orders. Try again in a moment.",
    ...{ retryable: true, ...(note ? { note } : {}) },
  })
}

/** Releases, newest first, each with how many orders going back to it would lose, where that is known. */
export async function showReleases(ctx: Ctx, parts: StoresParts, id: StoreId) {
  const row = await needStore(ctx, id)
  const releases = await listReleases(ctx.db, id)
  const backups = new Map((await listBackups(ctx.db, id)).map((each) => [each.id, each]))
  const canGoBack = releases.some(({ backupId }) => backupId !== null)
  const orders = canGoBack && storeSells(row.state) ? await ordersOrNone(ctx, parts, id) : undefined
  return releases.map((release) => {
    const since = release.backupId && backups.get(release.backupId)?.createdAt.toISOString()
    const later = orders?.filter(({ placedAt, probe }) => !probe && placedAt > (since ?? ""))
    return showRelease(release, since && later ? later.length : null)
  })
}

async function ordersOrNone(ctx: Ctx, parts: StoresParts, id: StoreId) {
  try {
    return await listOrders(ctx, parts, id)
  } catch {
    // Releases are shown also of a store that does not answer just now.
    return undefined
  }
}

/** The last output of a store's programs, without its secrets. */
export async function readLogs(
  ctx: Ctx,
  parts: StoresParts,
  { id, tailBytes }: { id: StoreId; tailBytes: number },
): Promise<string> {
  await needStore(ctx, id)
  const { lines } = await parts.backend.logs(id, { linesMax: 2000 })
  const text = lines.map(({ of, text }) => `${of}: ${text}\n`).join("")
  const secrets = Object.values(await readSecrets(ctx, parts, id)).filter(
    (each) => each.length >= 6,
  )
  return secrets
    .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text)
    .slice(-tailBytes)
}

/** How to sign in to a store's admin; who read it and why is in the audit. @throws Fault `not_found`, `wrong_state` */
export async function revealCredentials(
  ctx: Ctx,
  parts: StoresParts,
  { id, reason }: { id: StoreId; reason: string },
) {
  const row = await needStore(ctx, id)
  if (row.readyAt === null)
    throw fault("wrong_state", { say: "The store has no admin yet: it was never ready." })
  const engine = parts.engines.find(row.engine)
  const secrets = await readSecrets(ctx, parts, id)
  const { user, password } = engine.credentials({ secrets, values: row.values })
  record(ctx, { action: "store.reveal", subject: id, details: { about: row.name, reason } })
  return [
    { name: "Address", value: `${row.adminUrl}${engine.adminPath}` },
    { name: "User", value: user },
    { name: "Password", value: password },
  ]
}
