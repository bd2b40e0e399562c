import type { Fixture, Fixtures } from "../../http/testing/matrix-world.ts"
import { nothing, organization, withBody } from "../../http/testing/matrix-world.ts"

const provider: Fixture = async () => ({ params: { provider: "openai" } })

export const fixtures = {
  "GET /models/providers": nothing,
  "PUT /models/providers/{provider}": withBody(provider, { key: "sk-of-the-matrix" }),
  "DELETE /models/providers/{provider}": provider,
  // Nothing is set to reach it with, so nobody is asked.
  "POST /models/providers/{provider}/test": withBody(
    async () => ({ params: { provider: "google" } }),
    {},
  ),
  "GET /models/roles": nothing,
  "PUT /models/roles/{role}": withBody(async () => ({ params: { role: "testing" } }), {
    ...{ models: "offline", temperature: 0.2 },
    ...{ outputTokensMax: null, tokensMax: null, centsMax: null },
  }),
  "GET /organizations/{organizationId}/models/metrics": organization,
} satisfies Fixtures<"models">
