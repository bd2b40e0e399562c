import type { EgressRule } from "@vibecaas/contract/kinds/network"
import { type Fixture, type Fixtures, made, withBody } from "../../http/testing/matrix-world.ts"
import { makeProject, project } from "../../projects/testing/matrix-fixtures.ts"

const service = { name: "payments", header: "Authorization", value: "Bearer of news" }
const wanted = { host: "api.example.com", service }

const rule: Fixture = async (world) => {
  const { id } = await makeProject(world)
  const answer = await world.owner.call(`POST /projects/${id}/network/rules`, { body: wanted })
  return { params: { projectId: id, ruleId: made<EgressRule>(answer).id } }
}

export const fixtures = {
  "GET /projects/{projectId}/network": project,
  "POST /projects/{projectId}/network/rules": withBody(project, wanted),
  "PUT /projects/{projectId}/network/rules/{ruleId}/value": withBody(rule, { value: "another" }),
  "DELETE /projects/{projectId}/network/rules/{ruleId}": rule,
} satisfies Fixtures<"network">
