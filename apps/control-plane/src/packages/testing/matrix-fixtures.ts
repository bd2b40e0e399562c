import { type Fixtures, withBody } from "../../http/testing/matrix-world.ts"
import { project } from "../../projects/testing/matrix-fixtures.ts"

export const fixtures = {
  "GET /projects/{projectId}/packages": project,
  "POST /projects/{projectId}/packages": withBody(project, { add: ["left"] }),
  "PUT /projects/{projectId}/packages/script": withBody(project, { name: "left", allowed: true }),
} satisfies Fixtures<"packages">
