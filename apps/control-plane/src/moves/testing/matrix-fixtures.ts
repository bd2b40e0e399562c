import type { Move } from "@vibecaas/contract/kinds/moves"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
} from "../../http/testing/matrix-world.ts"
import { project } from "../../projects/testing/matrix-fixtures.ts"
import { zipOf } from "../../projects/testing/zips.ts"

const from = { url: "https://git.example/mara/reading-list.git" }

const move: Fixture = async (world) => ({ params: { moveId: (await makeImport(world)).id } })

export const fixtures = {
  "POST /imports": async ({ organizationId }) => ({ body: { organizationId, ...from } }),
  "POST /imports/archive": async ({ organizationId }) => ({
    query: { organizationId, name: "Reading list" },
    bytes: await zipOf({ "server.js": "", "package.json": "{}" }),
  }),
  "POST /projects/{projectId}/copies": async (world) => ({
    ...(await project(world)),
    body: { name: "Another one" },
  }),
  "GET /projects/{projectId}/moves": project,
  "GET /moves/{moveId}": move,
  "POST /moves/{moveId}/cancel": move,
} satisfies Fixtures<"moves">

async function makeImport({ owner, organizationId }: MatrixWorld): Promise<Move> {
  const body = { organizationId, ...from }
  return made<{ move: Move }>(await owner.call("POST /imports", { body })).move
}
