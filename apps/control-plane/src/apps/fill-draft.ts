import { Readable } from "node:stream"
import { actAsPlatform } from "../core/resource.ts"
import { type LiveMachine, markFilled } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import { findNewest } from "./backups/queries.ts"
import type { AppsParts } from "./parts.ts"
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
  const { project, newest } = await actAsPlatform(
    parts,
    { ...of, readOnly: true },
    async (ctx) => ({
      project: await needProject(ctx, of.projectId),
      newest: await findNewest(ctx.db, of.projectId),
    }),
  )
  if (project.draftData === "none") return nothing()
  const [live] = parts.live.ofProject(of.projectId)
  if (live) return live.guest.pack(dataFolder)
  return newest ? parts.snapshots.read(newest) : nothing()
}

/** An archive ends with two blocks of zeros; this one begins with them. */
const nothing = () => Readable.from([Buffer.alloc(1024)])
