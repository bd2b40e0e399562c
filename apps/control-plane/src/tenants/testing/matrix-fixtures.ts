import { type Fixtures, nothing, organization } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /me": nothing,
  "GET /organizations/{organizationId}": organization,
  "PATCH /organizations/{organizationId}": async ({ organizationId }) => ({
    params: { organizationId },
    body: { name: "Halden Works" },
  }),
} satisfies Fixtures<"tenants">
