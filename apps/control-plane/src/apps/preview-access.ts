import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import { projectId } from "@vibecaas/contract/kinds/projects"
import { roleCan } from "@vibecaas/contract/permissions"
import { actAsPlatform } from "../core/resource.ts"
import { rightsOfKey } from "../keys/index.ts"
import type { AppsParts } from "./parts.ts"
import { hashOfCode } from "./preview-links.ts"
import { findRoleOfViewer, takePreviewCode } from "./queries.ts"

interface Viewer {
  userId: string
  sessionId: string
}

/** Who may look at private previews: by a one-time code first, then by what they may see then. */
export function makePreviewAccess(parts: AppsParts) {
  return {
    /** Takes a code; `undefined` when it is unknown, used, too old, or of another project or host. */
    async redeem(
      of: { organizationId: string; id: string },
      use: { code: string; host: string },
    ): Promise<{ viewer: Viewer; returnTo: string } | undefined> {
      const taken = await actAsPlatform(parts, of, (ctx) =>
        takePreviewCode(ctx.db, {
          codeHash: hashOfCode(use.code),
          projectId: projectId.parse(of.id),
          host: use.host,
          now: ctx.clock.now(),
        }),
      )
      return taken && { viewer: taken, returnTo: taken.returnTo }
    },
    /** whether the sign-in or the key still lives and may still read the organization's projects */
    async maySee(
      { organizationId, id: projectId }: { organizationId: string; id: string },
      viewer: Viewer,
    ): Promise<boolean> {
      if (apiKeyId.safeParse(viewer.userId).success) return keyMaySee(parts, organizationId, viewer)
      const role = await parts.database.asPlatform((tx) =>
        findRoleOfViewer(tx, { ...viewer, organizationId, projectId }),
      )
      return role !== undefined && roleCan(role, "project:read")
    },
  }
}

/** The link was of a project within the key's limits, and opens no other. */
async function keyMaySee(
  parts: AppsParts,
  organizationId: string,
  { userId: keyId, sessionId: secretId }: Viewer,
): Promise<boolean> {
  const rights = await actAsPlatform(parts, { organizationId, readOnly: true }, (ctx) =>
    rightsOfKey(ctx, { keyId, secretId }),
  )
  return rights?.includes("project:read") ?? false
}
