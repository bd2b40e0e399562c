import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  nothing,
  organization,
  withBody,
} from "../../http/testing/matrix-world.ts"

const key: Fixture = async (world) => {
  const { key } = await makeKey(world, { permissions: ["project:read"] })
  return { params: { keyId: key.id } }
}

const newName = (world: MatrixWorld) => `For ${world.db.newId("key")}`

export const fixtures = {
  "GET /organizations/{organizationId}/api-keys": organization,
  "GET /organizations/{organizationId}/api-key-permissions": organization,
  "POST /organizations/{organizationId}/api-keys": async (world) => ({
    ...(await organization(world)),
    body: { name: newName(world), permissions: ["project:read"] },
  }),
  "POST /api-keys/{keyId}/rotate": withBody(key, { overlapHours: 1 }),
  "DELETE /api-keys/{keyId}": key,
  "POST /tokens": async () => ({ body: {} }),
  "GET /tokens/keys": nothing,
} satisfies Fixtures<"keys">

/** A key that the owner makes. */
export async function makeKey(
  world: MatrixWorld,
  wanted: { permissions: readonly string[]; projects?: readonly string[] },
): Promise<ApiKeyWithSecret> {
  const body = { name: newName(world), ...wanted }
  return made(
    await world.owner.call(`POST /organizations/${world.organizationId}/api-keys`, { body }),
  )
}
