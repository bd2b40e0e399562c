import type { ApiKey, ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { type Asked, type Command, findOrganization, findProject, needWord } from "../command.ts"
import { plain, show, table } from "../show.ts"
import { exitCodes, usage } from "../surroundings.ts"

/** API keys of an organization. Only people make and end them, so it takes `login` by a link. */
export const keys: Command = {
  takes: "[create NAME | rotate NAME | revoke NAME]",
  does: "list API keys, make one, give one a new secret or end it",
  options: ["organization", "project", "permissions", "days", "yes"],
  signedIn: true,
  run(asked) {
    const [verb = "list", ...words] = asked.words
    const run = { list, create, rotate, revoke }[verb]
    if (!run) throw usage("Say keys, keys create, keys rotate or keys revoke.")
    return run({ ...asked, words })
  },
}

const listRoute = "GET /organizations/{organizationId}/api-keys"

async function paramsOf(asked: Asked) {
  return { organizationId: (await findOrganization(asked)).id }
}

async function list(asked: Asked) {
  const params = await paramsOf(asked)
  const { items } = await asked.call(listRoute, { params, query: { limit: 100 } })
  show(asked, items, (all) =>
    table(
      all.map(({ name, state, permissions, projects, expiresAt, lastUsedAt }) => [
        ...[plain(name), state, `${permissions.length} permissions`],
        projects === null ? "all projects" : `${projects.length} projects`,
        expiresAt ? `until ${expiresAt.slice(0, 10)}` : "no end",
        lastUsedAt ? `used ${lastUsedAt.slice(0, 10)}` : "never used",
      ]),
    ),
  )
  return exitCodes.done
}

const presets = ["read", "build", "full"] as const

async function create(asked: Asked) {
  const name = needWord(asked, "what the key is for")
  const params = await paramsOf(asked)
  const wanted = asked.options.permissions ?? "read"
  const preset = presets.find((each) => each === wanted)
  const grantable = "GET /organizations/{organizationId}/api-key-permissions"
  const permissions = preset
    ? [...((await asked.call(grantable, { params })).presets[preset] ?? [])]
    : wanted.split(",").map((each) => each.trim())
  const projects = asked.options.project ? [(await findProject(asked)).id] : null
  const body = { name, permissions, projects, ...endOf(asked) }
  const made = await asked.call("POST /organizations/{organizationId}/api-keys", { params, body })
  return tell(asked, made)
}

function endOf({ options: { days } }: Asked) {
  if (days === undefined) return {}
  if (days === "none") return { expiresInDays: null }
  if (!/^\d+$/.test(days)) throw usage("--days is a number of days, or none.")
  return { expiresInDays: Number(days) }
}

async function rotate(asked: Asked) {
  const { id: keyId, name } = await findKey(asked)
  if (!asked.options.yes) {
    asked.say(
      `${plain(name)} would get another secret; the one before ends in 24 hours: say --yes.\n`,
    )
    return exitCodes.done
  }
  const params = { keyId }
  return tell(asked, await asked.call("POST /api-keys/{keyId}/rotate", { params, body: {} }))
}

async function revoke(asked: Asked) {
  const { id: keyId, name } = await findKey(asked)
  if (!asked.options.yes) {
    asked.say(`${plain(name)} would end at once: say --yes.\n`)
    return exitCodes.done
  }
  await asked.call("DELETE /api-keys/{keyId}", { params: { keyId } })
  asked.say(`${plain(name)} opens nothing any more.\n`)
  return exitCodes.done
}

async function findKey(asked: Asked): Promise<ApiKey> {
  const wanted = needWord(asked, "which key")
  const params = await paramsOf(asked)
  const { items } = await asked.call(listRoute, { params, query: { limit: 100, search: wanted } })
  const found = items.find(({ id, name }) => id === wanted || name === wanted)
  if (found) return found
  throw usage(`There is no key ${wanted}. vibecaas keys lists all.`)
}

/** The secret alone goes to standard output, for whatever reads it on. */
function tell(asked: Asked, made: ApiKeyWithSecret) {
  asked.say(`${plain(made.key.name)} has this secret, which is shown only now:\n`)
  show(asked, made, ({ secret }) => `${secret}\n`)
  return exitCodes.done
}
