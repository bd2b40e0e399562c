import { type Fixtures, organization } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /organizations/{organizationId}/usage": organization,
} satisfies Fixtures<"usage">
