import { callsOf, grantable, presetsOf } from "@vibecaas/contract/key-permissions"
import type { tokenRoutes } from "@vibecaas/contract/token-routes"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { hiddenFrom } from "../core/sight.ts"
import { showKey } from "./api-key.ts"
import { revokeKey, rotateKey } from "./change-key.ts"
import { createKey, type MadeKey } from "./create-key.ts"
import { listKeys } from "./queries.ts"
import type { HashSecret } from "./secret.ts"

const listCursor = z.object({ createdAt: z.iso.datetime(), id: z.string() })

export function keyHandlers(hash: HashSecret): Omit<Handlers<"keys">, keyof typeof tokenRoutes> {
  const show = ({ key, secret }: MadeKey, now: Date) => ({ key: showKey(key, now), secret })
  return {
    "GET /organizations/{organizationId}/api-keys": async ({ ctx, query }) => {
      const { limit, search } = query
      const after = decodeCursor(listCursor, query.cursor)
      const rows = await listKeys(ctx.db, { limit: limit + 1, search, after })
      return takePage(rows, limit, {
        show: (row) => showKey(row, ctx.clock.now()),
        position: ({ createdAt, id }) => ({ createdAt, id }),
      })
    },
    "GET /organizations/{organizationId}/api-key-permissions": async ({ role }) => ({
      items: grantable(role).map((permission) => ({
        permission,
        calls: [...(callsOf.get(permission) ?? [])],
      })),
      presets: presetsOf(role),
    }),
    "POST /organizations/{organizationId}/api-keys": async ({ ctx, role, principal, body }) => {
      const hidden = hiddenFrom(principal, ctx.organizationId)
      return show(await createKey(ctx, hash, { ...body, role, hidden }), ctx.clock.now())
    },
    "POST /api-keys/{keyId}/rotate": async ({ ctx, role, principal, params, body }) => {
      const hidden = hiddenFrom(principal, ctx.organizationId)
      const change = { id: params.keyId, role, hidden, ...body }
      return show(await rotateKey(ctx, hash, change), ctx.clock.now())
    },
    "DELETE /api-keys/{keyId}": async ({ ctx, role, principal, params }) => {
      const hidden = hiddenFrom(principal, ctx.organizationId)
      await revokeKey(ctx, { id: params.keyId, role, hidden })
      return undefined
    },
  }
}
