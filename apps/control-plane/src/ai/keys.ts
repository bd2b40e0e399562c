import { createHmac, timingSafeEqual } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import type { LiveMachine } from "../machines/index.ts"
import type { Vault } from "../secrets/index.ts"
import { type AiRow, findAi } from "./queries.ts"

/**
 * An app's key opens the door of its own machine, and nothing else. It is derived from a secret that is
 * made each time AI is turned on, so that keys of before open nothing any more.
 */
const kept = (projectId: IdOf<"project">) => ({ by: projectId, name: "AI_KEY" })

/** Makes what keys are derived from, in place of what there was. */
export async function newAiSecret(
  ctx: Ctx,
  vault: Vault,
  projectId: IdOf<"project">,
): Promise<void> {
  await vault.keep(ctx, { ...kept(projectId), projectId, type: "token" })
}

/** Gives a project's app another key, where it has one: what it had is known where it was before. */
export async function renewAiSecret(
  ctx: Ctx,
  vault: Vault,
  projectId: IdOf<"project">,
): Promise<void> {
  const row = await findAi(ctx.db, projectId)
  if (row?.enabled) await newAiSecret(ctx, vault, projectId)
}

export async function dropAiSecret(
  ctx: Ctx,
  vault: Vault,
  projectId: IdOf<"project">,
): Promise<void> {
  const { by, name } = kept(projectId)
  await vault.drop(ctx, by, name)
}

export function isSameKey(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The key of a machine's app; nothing while AI is off. @throws Fault `seal_broken` */
export async function keyOf(
  ctx: Ctx,
  { vault, machine }: { vault: Vault; machine: Pick<LiveMachine, "id" | "projectId"> },
  row: AiRow | undefined,
): Promise<string | undefined> {
  if (!row?.enabled) return undefined
  const secret = await vault.read(ctx, kept(machine.projectId))
  if (secret === undefined) return undefined
  const hmac = createHmac("sha256", Buffer.from(secret, "base64url"))
  return `vca-${hmac.update(machine.id).digest("base64url")}`
}
