import type { IdOf } from "@vibecaas/contract/kinds"
import type { Principal } from "../../core/kind.ts"
import { openPath } from "../../core/own-paths.ts"
import { createMember } from "../../db/testing/seed.ts"
import { createPreviewLink } from "../preview-links.ts"
import type { MachineWorld } from "./machine-world.ts"

/** A member whose sign-in lives in the database, as the gateway will ask for it. */
export async function signIn({ db, org }: Pick<MachineWorld, "db" | "org">): Promise<Principal> {
  const { organizationId } = org
  const member = await createMember(db, { organizationId, role: "viewer" })
  const { adminPool } = db
  await adminPool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
     values ($1, 'Mara', $2, true, now(), now())`,
    [member.userId, member.email],
  )
  await adminPool.query(
    `insert into auth."session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt")
     values ($1, $1, $2, now() + interval '1 day', now(), now())`,
    [member.sessionId, member.userId],
  )
  return member
}

/** Opens a run's draft as a member does; answers its label and the cookie that shows it. */
export async function openDraft(
  world: MachineWorld,
  { projectId, draftOf }: { projectId: IdOf<"project">; draftOf: string },
): Promise<{ label: string; cookie: string }> {
  const viewer = await signIn(world)
  const { url } = await world.act((ctx) =>
    createPreviewLink(ctx, {
      ...{ projectId, returnTo: "/", viewer, openPath, draftOf },
      previewUrl: (slug) => `http://${slug}.preview.localhost`,
    }),
  )
  const { hostname, pathname, search } = new URL(url)
  const [label = ""] = hostname.split(".")
  const opened = await world.get(label, `${pathname}${search}`)
  const [cookie = ""] = [opened.headers["set-cookie"]].flat()
  return { label, cookie: cookie.split(";")[0] ?? "" }
}
