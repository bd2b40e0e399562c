import { livingMachine } from "../../apps/testing/data-fixtures.ts"
import { machine } from "../../apps/testing/matrix-fixtures.ts"
import { type Fixtures, withBody } from "../../http/testing/matrix-world.ts"
import { project } from "../../projects/testing/matrix-fixtures.ts"

export const fixtures = {
  "GET /projects/{projectId}/machines": project,
  "POST /projects/{projectId}/machines": withBody(project, { name: "Another" }),
  "GET /machines/{machineId}": machine,
  "GET /machines/{machineId}/use": livingMachine,
  "POST /machines/{machineId}/stop": machine,
  "DELETE /machines/{machineId}": machine,
} satisfies Fixtures<"machines">
