import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../core/ctx.ts"
import { appFolder } from "./checkout.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"

const counts = z.record(z.string().max(40), z.number().int().min(0))
const program = ["node", "server/count-records.js"]
const limits = { timeoutMs: 4000, maxOutputBytes: 16_384 }

/** How many records each list of the live app has; null while it does not run, or does not say. */
export async function countRecords(
  ctx: Ctx,
  parts: Pick<AppsParts, "live">,
  projectId: IdOf<"project">,
): Promise<Record<string, number> | null> {
  const app = await findOfProject(ctx.db, projectId)
  const machine = app?.state === "running" ? parts.live.get(app.machineId) : undefined
  if (!machine) return null
  try {
    const { exitCode, stdout } = await machine.guest.exec(program, { cwd: appFolder, ...limits })
    return exitCode === 0 ? read(stdout.toString("utf8")) : null
  } catch (error) {
    if (isFault(error)) return null
    throw error
  }
}

/** It is a program of the project: what it says is looked at like anything from outside. */
function read(text: string): Record<string, number> | null {
  try {
    return counts.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
