import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import type { LiveMachine } from "../machines/index.ts"
import { organizationKey } from "../tenants/index.ts"
import type { AiRow } from "./queries.ts"

/**
 * An app's key opens the door of its own machine, and nothing else. It is derived from a secret that is
 * made each time AI is turned on, so that keys of before open nothing any more.
 */
const contextOf = (projectId: IdOf<"project">) => `ai:${projectId}`

export const newSecret = (key: MasterKey, projectId: IdOf<"project">): string =>
  seal(key, randomBytes(32), contextOf(projectId))

/** @throws Fault `seal_broken` */
function keyFor(
  key: MasterKey,
  of: { projectId: IdOf<"project">; machineId: IdOf<"machine">; sealedSecret: string },
): string {
  const secret = open(key, of.sealedSecret, contextOf(of.projectId))
  return `vca-${createHmac("sha256", secret).update(of.machineId).digest("base64url")}`
}

export function isSameKey(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The key of a machine's app; nothing while AI is off. */
export async function keyOf(
  ctx: Ctx,
  { masterKey, machine }: { masterKey: MasterKey; machine: Pick<LiveMachine, "id" | "projectId"> },
  row: AiRow | undefined,
): Promise<string | undefined> {
  if (!row?.enabled || row.sealedSecret === null) return undefined
  const { projectId, id: machineId } = machine
  const key = await organizationKey(ctx, masterKey)
  return keyFor(key, { projectId, machineId, sealedSecret: row.sealedSecret })
}
