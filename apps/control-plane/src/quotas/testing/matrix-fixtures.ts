import { type Fixtures, organization, withBody } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /organizations/{organizationId}/quotas": organization,
  "PUT /organizations/{organizationId}/plan": withBody(organization, { plan: "pro" }),
} satisfies Fixtures<"quotas">
