import { roleCan } from "@vibecaas/contract/permissions"
import { fault } from "@vibecaas/kernel/fault"
import type { FileContent, Handlers, Principal } from "../../core/kind.ts"
import { atMost } from "../../projects/index.ts"
import type { AppsParts } from "../parts.ts"
import { pushCommits } from "./push-commits.ts"

/** Processes of git's protocol in one server; a push waits with a connection of the database in its hands. */
const processesMax = 4

/** The calls of `git clone`, `fetch` and `push`. */
export function gitHandlers(parts: AppsParts) {
  const inTurn = atMost(processesMax, tooMany)
  const { repositories } = parts
  return {
    "GET /projects/{projectId}/git/info/refs": ({ ctx, params, query, signal }) =>
      inTurn(async () => {
        const asked = { headers: {}, query: `service=${query.service}`, signal: ctx.signal }
        const path = "info/refs" as const
        return sent(await repositories.serve(params.projectId, { ...asked, signal, path }))
      }),
    "POST /projects/{projectId}/git/git-upload-pack": ({ params, raw, signal }) =>
      inTurn(async () => {
        const contentType = "application/x-git-upload-pack-request"
        const asked = { contentType, headers: raw.headers, body: raw.bytes, signal }
        const path = "git-upload-pack" as const
        return sent(await repositories.serve(params.projectId, { ...asked, path }))
      }),
    "POST /projects/{projectId}/git/git-receive-pack": ({ ctx, params, raw, signal, ...who }) =>
      inTurn(async () => {
        const mayStart = roleCan(who.role, "app:operate") && mayOperate(who.principal)
        const pushed = { ...params, headers: raw.headers, body: raw.bytes, signal, mayStart }
        return sent({ type: resultType, body: await pushCommits(ctx, parts, pushed) })
      }),
  } satisfies Partial<Handlers<"apps">>
}

const resultType = "application/x-git-receive-pack-result"

const mayOperate = ({ key }: Principal) => !key || key.permissions.includes("app:operate")

function sent({ type, body }: { type: string; body: Buffer }): FileContent {
  return { type, bytes: body.length, pieces: piecesOf(body) }
}

async function* piecesOf(body: Buffer): AsyncGenerator<Buffer, void> {
  if (body.length > 0) yield body
}

const tooMany = () =>
  fault("unavailable", {
    say: "Many are fetching and pushing right now. Try again in a moment.",
    retryable: true,
    retryAfterSeconds: 2,
  })
