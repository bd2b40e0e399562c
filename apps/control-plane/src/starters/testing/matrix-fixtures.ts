import type { Starter } from "@vibecaas/contract/kinds/starters"
import { type Fixture, type Fixtures, made } from "../../http/testing/matrix-world.ts"
import { makeCommit } from "../../projects/testing/matrix-fixtures.ts"

const any: Fixture = async ({ organizationId }) => ({
  params: { starterId: "unit-converter" },
  query: { organizationId },
})

const ofProject: Fixture = async (world) => {
  const { projectId } = await makeCommit(world)
  return { body: { projectId, name: "Ours", summary: "What we begin with.", category: "start" } }
}

export const fixtures = {
  "GET /starters": async ({ organizationId }) => ({ query: { organizationId } }),
  "GET /starters/{starterId}": any,
  "GET /starters/{starterId}/picture": any,
  "POST /starters": ofProject,
  "DELETE /starters/{starterId}": async (world) => {
    const { body = {} } = await ofProject(world)
    const starter = made<Starter>(await world.owner.call("POST /starters", { body }))
    return { params: { starterId: starter.id }, query: { organizationId: world.organizationId } }
  },
} satisfies Fixtures<"starters">
