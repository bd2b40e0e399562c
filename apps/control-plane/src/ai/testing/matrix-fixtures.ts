import { type Fixtures, organization, withBody } from "../../http/testing/matrix-world.ts"
import { project } from "../../projects/testing/matrix-fixtures.ts"

export const fixtures = {
  "GET /projects/{projectId}/ai": project,
  "PATCH /projects/{projectId}/ai": withBody(project, { enabled: true }),
  "GET /organizations/{organizationId}/ai/models": organization,
  "PATCH /organizations/{organizationId}/ai/models": withBody(organization, { fast: null }),
} satisfies Fixtures<"ai">
