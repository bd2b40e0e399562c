import { roleCan } from "@vibecaas/contract/permissions"
import { isFault } from "@vibecaas/kernel/fault"
import type { AppShown, Previews, PreviewTarget } from "../gateway/index.ts"
import { needProject, type ProjectRow } from "../projects/index.ts"
import type { Machines } from "./machines.ts"
import type { MicrovmRow } from "./microvm.ts"
import { inScope, type MicrovmsParts } from "./parts.ts"
import { hashOfCode } from "./preview-links.ts"
import { findBySlug, findOfProject, findRoleOfViewer, takePreviewCode } from "./queries.ts"

/** What the gateway asks about projects' apps and those who look at them. */
export function makePreviews(parts: MicrovmsParts, machines: Machines): Previews {
  return {
    find: (slug) => findTarget(parts, slug),
    connect: (target) => machines.connectApp(target),
    show: (target) =>
      inScope(parts, target, async (ctx) => {
        const project = await needProject(ctx, target.projectId)
        return shown(project, await findOfProject(ctx.db, target.projectId))
      }),
    redeem: async (target, { code, host }) => {
      const taken = await inScope(parts, target, (ctx) =>
        takePreviewCode(ctx.db, {
          codeHash: hashOfCode(code),
          projectId: target.projectId,
          host,
          now: ctx.clock.now(),
        }),
      )
      return taken && { viewer: taken, returnTo: taken.returnTo }
    },
    maySee: async ({ organizationId }, viewer) => {
      const role = await parts.database.asPlatform((tx) =>
        findRoleOfViewer(tx, { ...viewer, organizationId }),
      )
      return role !== undefined && roleCan(role, "project:read")
    },
  }
}

/** A deleted project answers like one that never was, also while it is being torn down. */
async function findTarget(parts: MicrovmsParts, slug: string): Promise<PreviewTarget | undefined> {
  const found = await parts.database.asPlatform((tx) => findBySlug(tx, slug))
  if (!found) return undefined
  const { organizationId } = found
  try {
    const project = await inScope(parts, { organizationId }, (ctx) => needProject(ctx, found.id))
    if (project.wanted === "gone") return undefined
    return { organizationId, projectId: project.id, slug, preview: project.preview }
  } catch (error) {
    if (isFault(error, "not_found")) return undefined
    throw error
  }
}

function shown(project: ProjectRow, machine: MicrovmRow | undefined): AppShown {
  // One that is being deleted is not found by name; between two looks it may be.
  const state = project.state === "deleting" ? "stopped" : project.state
  return {
    state,
    detail: project.stateDetail,
    exitCode: machine?.appExitCode ?? null,
    logTail: machine?.appLogTail ?? [],
  }
}
