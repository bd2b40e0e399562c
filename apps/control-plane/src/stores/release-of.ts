import { invariant } from "@vibecaas/kernel/fault"
import type { Release } from "@vibecaas/stores/release"
import type { Ctx } from "../core/ctx.ts"
import type { StoreId, StoreRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

type Secrets = Readonly<Record<string, string>>
type Keeping = Pick<StoresParts, "vault">

/** All secrets of a store are one kept value: they are made, read and dropped together. */
const kept = (by: StoreId) => ({ by, name: "store" })

export async function keepSecrets(
  ctx: Ctx,
  { vault }: Keeping,
  { id, secrets }: { id: StoreId; secrets: Secrets },
): Promise<void> {
  const value = JSON.stringify(secrets)
  await vault.keep(ctx, { ...kept(id), projectId: null, type: "text", value })
}

/** @throws Fault `seal_broken` */
export async function readSecrets(ctx: Ctx, { vault }: Keeping, id: StoreId): Promise<Secrets> {
  const text = await vault.read(ctx, kept(id))
  invariant(text, "a store's secrets are kept before it is made")
  return JSON.parse(text) as Secrets // written above
}

/** Keeps what a hook found out beside what is kept already; nothing where it is the same. */
export async function keepLearned(
  ctx: Ctx,
  parts: Keeping,
  { id, learned }: { id: StoreId; learned: Secrets },
): Promise<void> {
  if (Object.keys(learned).length === 0) return
  const before = await readSecrets(ctx, parts, id)
  const after = { ...before, ...learned }
  if (Object.keys(learned).some((name) => before[name] !== learned[name]))
    await keepSecrets(ctx, parts, { id, secrets: after })
}

/** All that a backend is told of a store. */
export async function releaseOf(
  ctx: Ctx,
  parts: Keeping,
  of: { row: StoreRow; version: string; verbose: boolean },
): Promise<Release> {
  const { row, version, verbose } = of
  const { id: storeId, engine, name, values, plan, url, adminUrl } = row
  const secrets = await readSecrets(ctx, parts, row.id)
  return {
    storeId,
    engine,
    version,
    name,
    values,
    plan,
    secrets: { ...secrets },
    url,
    adminUrl,
    verbose,
  }
}
