import { type Role, roles } from "@vibecaas/contract/roles"
import { type Asked, type Command, findOrganization, needWord } from "../command.ts"
import { plain, show, table } from "../show.ts"
import { exitCodes, usage } from "../surroundings.ts"

/** Who belongs to an organization. Only people change that, so it takes `login` by a link. */
export const members: Command = {
  takes: "[invite EMAIL | role EMAIL ROLE | remove EMAIL]",
  does: "list members, invite somebody, change a role or remove somebody",
  options: ["organization", "role", "yes"],
  signedIn: true,
  run(asked) {
    const [verb = "list", ...words] = asked.words
    const run = { list, invite, role: changeRole, remove }[verb]
    if (!run) throw usage("Say members, members invite, members role or members remove.")
    return run({ ...asked, words })
  },
}

async function membersOf(asked: Asked) {
  const params = { organizationId: (await findOrganization(asked)).id }
  return {
    params,
    ...(await asked.call("GET /organizations/{organizationId}/members", { params })),
  }
}

async function list(asked: Asked) {
  const { items } = await membersOf(asked)
  show(asked, items, (all) =>
    table(all.map(({ email, role, name }) => [plain(email), role, plain(name)])),
  )
  return exitCodes.done
}

async function invite(asked: Asked) {
  const email = needWord(asked, "whom to invite")
  const params = { organizationId: (await findOrganization(asked)).id }
  const body = { email, role: roleIn(asked.options.role ?? "developer") }
  const made = await asked.call("POST /organizations/{organizationId}/invitations", {
    params,
    body,
  })
  asked.say(`${plain(email)} is invited as ${body.role}. The link works once:\n`)
  show(asked, made, ({ link }) => `${link}\n`)
  return exitCodes.done
}

async function changeRole(asked: Asked) {
  const [, wanted = asked.options.role ?? ""] = asked.words
  const role = roleIn(wanted)
  const { params, member } = await findMember(asked)
  const path = { ...params, userId: member.userId }
  const changed = await asked.call("PATCH /organizations/{organizationId}/members/{userId}", {
    params: path,
    body: { role },
  })
  show(asked, changed, ({ name }) => `${plain(name)} is ${role} now.\n`)
  return exitCodes.done
}

async function remove(asked: Asked) {
  const { params, member } = await findMember(asked)
  if (!asked.options.yes) {
    asked.say(
      `${plain(member.name)} would lose everything of the organization at once: say --yes.\n`,
    )
    return exitCodes.done
  }
  const path = { ...params, userId: member.userId }
  await asked.call("DELETE /organizations/{organizationId}/members/{userId}", { params: path })
  asked.say(`${plain(member.name)} does not belong to it any more.\n`)
  return exitCodes.done
}

async function findMember(asked: Asked) {
  const wanted = needWord(asked, "whose address")
  const { params, items } = await membersOf(asked)
  const member = items.find(({ email, userId }) => email === wanted || userId === wanted)
  if (member) return { params, member }
  throw usage(`Nobody with the address ${wanted} belongs to it. vibecaas members lists all.`)
}

function roleIn(text: string): Role {
  const found = roles.find((each) => each === text)
  if (found) return found
  throw usage(`A role is one of ${roles.join(", ")}.`)
}
