import { Readable } from "node:stream"
import { actAsPlatform } from "../core/resource.ts"
import { type LiveMachine, markFilled } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import { liveData } from "./copy-app.ts"
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
  await draft.guest.unpack(dataFolder, await dataFor(parts, of))
  await actAsPlatform(parts, of, (ctx) => markFilled(ctx, draft.id))
}

/** None where people do not want agents to see any. */
async function dataFor(parts: AppsParts, of: MachineOf): Promise<Readable> {
  const { draftData } = await actAsPlatform(parts, { ...of, readOnly: true }, (ctx) =>
    needProject(ctx, of.projectId),
  )
  return draftData === "none" ? nothing() : ((await liveData(parts, of)) ?? nothing())
}

/** An archive ends with two blocks of zeros; this one begins with them. */
const nothing = () => Readable.from([Buffer.alloc(1024)])
