import type { Fixture, Fixtures } from "../../http/testing/matrix-world.ts"

const any: Fixture = async ({ organizationId }) => ({
  params: { starterId: "unit-converter" },
  query: { organizationId },
})

export const fixtures = {
  "GET /starters": async ({ organizationId }) => ({ query: { organizationId } }),
  "GET /starters/{starterId}": any,
  "GET /starters/{starterId}/picture": any,
} satisfies Fixtures<"starters">
