import { grantable } from "@vibecaas/contract/key-permissions"
import type { Role } from "@vibecaas/contract/roles"
import type { Route } from "@vibecaas/contract/routes"
import { makeKey } from "../../keys/testing/matrix-fixtures.ts"
import { makeProject } from "../../projects/testing/matrix-fixtures.ts"
import type { MatrixServer } from "./matrix-server.ts"
import type { TestPerson } from "./test-client.ts"

/** Every permission that a key can have. */
export const allGrants = grantable("owner")

/** What stands for a key in place of a cookie. */
interface KeySender {
  authorization: string
}

export interface MatrixPeople {
  /** of organization A, by their role */
  members: Record<Role, TestPerson>
  /** who is in an organization of their own */
  stranger: TestPerson
  /** a key of the stranger's organization, with every permission */
  strangersKey: KeySender
  /** a key of organization A; one for each wish */
  keyOf(wanted: {
    permissions: readonly string[]
    projects?: readonly string[]
  }): Promise<KeySender>
  /** a project of organization A that no call of the matrix is about */
  otherProject: { id: string }
}

/** Everybody who sends a call of the matrix. */
export async function matrixPeople({
  server,
  world,
  setTeamPlan,
}: MatrixServer): Promise<MatrixPeople> {
  const join = async (name: string, role: Role) => {
    const person = await server.person(name)
    await server.join(person, world.organizationId, role)
    return person
  }
  const members = {
    owner: world.owner,
    admin: await join("Admin", "admin"),
    developer: await join("Developer", "developer"),
    viewer: await join("Viewer", "viewer"),
  }
  const stranger = await server.person("Stranger")
  await setTeamPlan()
  const asSender = ({ secret }: { secret: string }) => ({ authorization: `Bearer ${secret}` })
  const { organizationId } = stranger
  const theirs = { ...world, owner: stranger, organizationId }
  const made = new Map<string, KeySender>()
  return {
    ...{ members, stranger },
    strangersKey: asSender(await makeKey(theirs, { permissions: allGrants })),
    async keyOf(wanted) {
      const name = JSON.stringify(wanted)
      const sender = made.get(name) ?? asSender(await makeKey(world, wanted))
      made.set(name, sender)
      return sender
    },
    otherProject: await makeProject(world),
  }
}

/** What whoever calls a row about an organization or an object needs there. */
export const permissionOf = ({ access }: Route) =>
  "permission" in access ? access.permission : "organization:read"
