import { type Fixtures, organization } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /organizations/{organizationId}/audit": organization,
} satisfies Fixtures<"audit">
