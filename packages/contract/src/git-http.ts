import { z } from "zod"
import { inProject, projectId } from "./kinds/projects.ts"
import type { RouteTable } from "./route.ts"

/** Bytes of what one push brings. */
export const pushBytesMax = 64 * 1024 * 1024

/** What git asks for before it fetches or pushes. */
export const gitServices = ["git-upload-pack", "git-receive-pack"] as const

const params = z.object({ projectId })
const read = { ...inProject, permission: "project:read" } as const

/**
 * git's own "smart" protocol over HTTP, spoken by `git clone`, `fetch` and `push`. The password is an API
 * key, whatever the user's name. They are served by the kind `apps`: what is pushed goes live.
 */
export const gitRoutes = {
  "GET /projects/{projectId}/git/info/refs": {
    summary: "What git asks before it fetches or pushes",
    access: read,
    params,
    query: z.object({ service: z.enum(gitServices) }),
    reply: { status: 200, file: "application/x-git-upload-pack-advertisement" },
    faults: ["unavailable"],
    keyAsPassword: true,
  },
  "POST /projects/{projectId}/git/git-upload-pack": {
    summary: "git fetch and git clone",
    access: read,
    params,
    raw: {
      types: ["application/x-git-upload-pack-request", "application/octet-stream"],
      bytesMax: 4 * 1024 * 1024,
    },
    reply: { status: 200, file: "application/x-git-upload-pack-result" },
    faults: ["unavailable", "too_large", "malformed"],
    keyAsPassword: true,
  },
  "POST /projects/{projectId}/git/git-receive-pack": {
    summary: "git push: commits on main, which are held to the rules of files and then go live",
    access: { ...inProject, permission: "project:update" },
    params,
    raw: {
      types: ["application/x-git-receive-pack-request", "application/octet-stream"],
      bytesMax: pushBytesMax,
    },
    reply: { status: 200, file: "application/x-git-receive-pack-result" },
    faults: ["unavailable", "too_large", "malformed", "wrong_state", "quota_exceeded", "disk_full"],
    keyAsPassword: true,
  },
} as const satisfies RouteTable
