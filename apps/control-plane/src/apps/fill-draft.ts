import { Readable } from "node:stream"
import { actAsPlatform } from "../core/resource.ts"
import { type LiveMachine, markFilled } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"
import type { MachineOf } from "./sessions.ts"
import { dataFolder } from "./switch-app.ts"

/**
 * Gives a draft its copy of the live app's data, or none, before anything has run on it. One that was not
 * filled whole is filled anew.
 */
export async function fillDraft(
  parts: AppsParts,
  of: MachineOf,
  draft: LiveMachine,
): Promise<void> {
  await draft.guest.unpack(dataFolder, await liveData(parts, of))
  await actAsPlatform(parts, of, (ctx) => markFilled(ctx, draft.id))
}

/**
 * The data as they are now; of a machine that rests, as they were kept last. None where people do
 * not want agents to see any.
 */
async function liveData(parts: AppsParts, of: MachineOf): Promise<Readable> {
  const { project, app } = await actAsPlatform(parts, { ...of, readOnly: true }, async (ctx) => ({
    project: await needProject(ctx, of.projectId),
    app: await findOfProject(ctx.db, of.projectId),
  }))
  if (project.draftData === "none") return nothing()
  const [live] = parts.live.ofProject(of.projectId)
  if (live) return live.guest.pack(dataFolder)
  const name = app && (await parts.snapshots.newest(app.id))
  return app && name !== undefined ? parts.snapshots.read(app.id, name) : nothing()
}

/** An archive ends with two blocks of zeros; this one begins with them. */
const nothing = () => Readable.from([Buffer.alloc(1024)])
