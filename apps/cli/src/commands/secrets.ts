import type { ImportedSecret } from "@vibecaas/contract/kinds/secrets"
import {
  faultOfSecret,
  guessSecretType,
  type SecretEnvironment,
  type SecretType,
  secretEnvironments,
  secretTypes,
} from "@vibecaas/contract/secret-types"
import { type Asked, type Command, findProject, needWord } from "../command.ts"
import { plain, show, table } from "../show.ts"
import { exitCodes, usage } from "../surroundings.ts"

export const secrets: Command = {
  takes: "[set NAME | import]",
  does: "list a project's secrets, set one or import a .env file from standard input",
  options: ["project", "environment", "type", "replace", "yes"],
  signedIn: true,
  run(asked) {
    const [verb = "list", ...words] = asked.words
    const run = { list, set, import: bring }[verb]
    if (!run) throw usage("Say secrets, secrets set NAME or secrets import.")
    return run({ ...asked, words })
  },
}

async function list(asked: Asked) {
  const { id: projectId } = await findProject(asked)
  const params = { projectId }
  const answer = await asked.call("GET /projects/{projectId}/secrets", { params })
  show(asked, answer, ({ items, borrowed }) =>
    table([
      ...items.map(({ name, environment, type, state, current }) => [
        ...[name, environment, type, state, `version ${current.number}`],
      ]),
      ...borrowed.map(({ reference, environment, type, state, from }) => [
        ...[reference, environment, type, state, `of ${plain(from)}`],
      ]),
    ]),
  )
  return exitCodes.done
}

/** A value comes by standard input: arguments are in the history of the shell. */
async function set(asked: Asked) {
  const name = needWord(asked, "the secret's name")
  const { id: projectId } = await findProject(asked)
  const environment = environmentIn(asked)
  asked.say(`Write the value of ${name}, then press Ctrl-D.\n`)
  const value = (await asked.input()).replace(/\r?\n$/, "")
  const params = { projectId }
  const { items } = await asked.call("GET /projects/{projectId}/secrets", { params })
  const known = items.find((each) => each.name === name && each.environment === environment)
  const type = known?.type ?? typeIn(asked, name, value)
  const fault = faultOfSecret(type, value)
  if (fault) throw usage(fault)
  const answer = known
    ? await asked.call("POST /secrets/{secretId}/versions", {
        params: { secretId: known.id },
        body: { value },
      })
    : await asked.call("POST /projects/{projectId}/secrets", {
        params,
        body: { name, environment, type, value },
      })
  show(asked, answer, ({ current }) => `${name} has version ${current.number}.\n`)
  return exitCodes.done
}

/** Without --yes only says what would come. */
async function bring(asked: Asked) {
  const { id: projectId } = await findProject(asked)
  const { yes, replace } = asked.options
  const text = await asked.input()
  const answer = await asked.call("POST /projects/{projectId}/secrets/import", {
    params: { projectId },
    body: { text, environment: environmentIn(asked), replace, preview: !yes },
  })
  show(asked, answer, ({ items }) => table(items.map(inWords)))
  asked.say(yes ? `${answer.added} came in.\n` : "Nothing came in yet: say --yes.\n")
  return exitCodes.done
}

const inWords = ({ line, name, type, outcome, say }: ImportedSecret) => [
  ...[`line ${line}`, plain(name), type, outcome, say ?? ""],
]

function environmentIn({ options: { environment = "every" } }: Asked): SecretEnvironment {
  const found = secretEnvironments.find((each) => each === environment)
  if (found) return found
  throw usage(`--environment is one of ${secretEnvironments.join(", ")}.`)
}

function typeIn({ options }: Asked, name: string, value: string): SecretType {
  if (options.type === undefined) return guessSecretType(name, value)
  const found = secretTypes.find((each) => each === options.type)
  if (found) return found
  throw usage(`--type is one of ${secretTypes.join(", ")}.`)
}
