import { type Fixtures, organization } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /organizations/{organizationId}/audit": organization,
  "GET /organizations/{organizationId}/audit/csv": organization,
  "GET /organizations/{organizationId}/audit/json": organization,
  "GET /organizations/{organizationId}/audit/verification": organization,
} satisfies Fixtures<"audit">
