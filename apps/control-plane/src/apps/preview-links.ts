import { createHash, randomBytes } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needProject, type ProjectRow } from "../projects/index.ts"
import { needDraft } from "./draft-sites.ts"
import { draftSlugOf } from "./draft-slug.ts"
import { insertPreviewCode } from "./queries.ts"

/** How long a code can be used, in `ms`. */
const codeMs = 60_000

export const hashOfCode = (code: string) => createHash("sha256").update(code).digest("hex")

/**
 * A one-time address that opens a preview for whoever asked, bound to them, to the preview's host
 * and to where it leads. Only the code's hash is kept.
 *
 * @param of.draftOf the run whose draft it leads to; `previewUrl` is the project's address,
 *   and `openPath` where its host redeems codes
 * @throws Fault `not_found`, `wrong_state` without a draft, `invalid` when `returnTo` leads elsewhere
 */
export async function createPreviewLink(
  ctx: Ctx,
  of: {
    projectId: IdOf<"project">
    returnTo: string
    draftOf: string | undefined
    viewer: { userId: string; sessionId: string }
    previewUrl: (slug: string) => string
    openPath: string
  },
): Promise<{ url: string; expiresAt: string }> {
  const project = await needProject(ctx, of.projectId)
  if (project.wanted === "gone") {
    throw fault("wrong_state", { say: "The project is being deleted." })
  }
  const slug = await slugOf(ctx, project, of.draftOf)
  const url = new URL(of.openPath, of.previewUrl(slug))
  const code = randomBytes(32).toString("base64url")
  const expiresAt = new Date(ctx.clock.now().getTime() + codeMs)
  await insertPreviewCode(ctx.db, {
    organizationId: ctx.organizationId,
    codeHash: hashOfCode(code),
    projectId: project.id,
    ...of.viewer,
    host: url.hostname,
    returnTo: pathWithin(url, of.returnTo),
    expiresAt,
  })
  record(ctx, {
    action: "preview.link",
    subject: project.id,
    details: { about: project.name },
  })
  url.searchParams.set("code", code)
  return { url: url.href, expiresAt: expiresAt.toISOString() }
}

async function slugOf(ctx: Ctx, { id, slug }: ProjectRow, draftOf?: string): Promise<string> {
  if (draftOf === undefined) return slug
  await needDraft(ctx, { projectId: id, draftOf })
  return draftSlugOf(slug, draftOf)
}

/** The path that a browser would go to from the preview's own host; never another host. */
function pathWithin(preview: URL, returnTo: string): string {
  const leads = URL.canParse(returnTo, preview.href) ? new URL(returnTo, preview) : undefined
  if (!returnTo.startsWith("/") || leads?.origin !== preview.origin) {
    throw fault("invalid", {
      say: "A preview can only be opened at one of its own paths.",
      fields: { "/returnTo": "Use a path, for example “/”." },
    })
  }
  return `${leads.pathname}${leads.search}${leads.hash}`
}
