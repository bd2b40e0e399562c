import { Readable } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import type { FileContent } from "../core/kind.ts"
import type { Pictures } from "./browser/pictures.ts"
import { needRun } from "./need-run.ts"

/** @throws Fault `not_found` when there is no such picture, or it is not kept any more */
export async function readPicture(
  ctx: Ctx,
  pictures: Pictures,
  { runId, picture }: { runId: IdOf<"run">; picture: string },
): Promise<FileContent> {
  const { id } = await needRun(ctx, runId)
  const bytes = await pictures.read(id, picture)
  if (!bytes) throw fault("not_found", { say: "There is no such picture." })
  return { pieces: Readable.from([bytes]), bytes: bytes.length }
}
