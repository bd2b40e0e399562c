import { parseArgs } from "node:util"
import { ApiError, makeClient } from "@vibecaas/contract/client"
import type { Command, Options } from "./command.ts"
import { files } from "./commands/files.ts"
import { keys } from "./commands/keys.ts"
import { login } from "./commands/login.ts"
import { members } from "./commands/members.ts"
import { ask, logs, newProject, open, projects, runs } from "./commands/projects.ts"
import { secrets } from "./commands/secrets.ts"
import { completionFor } from "./completion.ts"
import { headersOf, readSettings, type Settings } from "./settings.ts"
import { plain } from "./show.ts"
import { Ended, type ExitCode, exitCodes, type Surroundings, usage } from "./surroundings.ts"

/** All commands, as help and completion list them. */
const commands: Readonly<Record<string, Command>> = {
  login,
  new: newProject,
  ...{ ask, projects, runs, open, logs, files, secrets, keys, members },
}

const optionWords = {
  project: { type: "string", short: "p", help: "a project's slug, name or id" },
  follow: { type: "boolean", short: "f", help: "show what is new as it comes" },
  yes: { type: "boolean", short: "y", help: "do it, instead of saying what would be done" },
  replace: { type: "boolean", help: "give secrets that exist a new version" },
  environment: { type: "string", short: "e", help: "every, development or production" },
  type: { type: "string", short: "t", help: "what a secret is; guessed when absent" },
  url: { type: "string", help: "where the platform is" },
  key: { type: "boolean", help: "sign in by an API key" },
  organization: { type: "string", short: "o", help: "its address or name; your own when absent" },
  permissions: { type: "string", help: "of a key: read, build, full, or some of them by name" },
  days: { type: "string", help: "how long a key is good for; none: without an end" },
  role: { type: "string", help: "owner, admin, developer or viewer" },
  json: { type: "boolean", help: "answer JSON" },
  help: { type: "boolean", short: "h", help: "this text" },
} as const

/** Runs one command line. @returns the exit code; whatever happens is said */
export async function main(words: readonly string[], around: Surroundings): Promise<ExitCode> {
  try {
    return await runCommand(words, around)
  } catch (error) {
    if (error instanceof Ended) {
      around.say(`${error.message}\n`)
      return error.code
    }
    if (!(error instanceof ApiError)) throw error
    around.say(sentenceOf(error))
    return exitCodes.failed
  }
}

async function runCommand(words: readonly string[], around: Surroundings): Promise<ExitCode> {
  const { values, positionals } = parsed(words)
  const [name = "help", ...rest] = positionals
  if (values.help || name === "help") {
    around.out(help())
    return exitCodes.done
  }
  if (name === "completion") {
    const options = Object.keys(optionWords)
    around.out(completionFor(rest[0] ?? "", { commands: Object.keys(commands), options }))
    return exitCodes.done
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw usage(`There is no command ${name}. vibecaas help lists all.`)
  const options: Options = { ...unset, ...values }
  needOwnOptions(name, command, values)
  const settings: Settings = command.signedIn ? await readSettings(around) : { url: "" }
  const { url } = settings
  const headers = () => headersOf(settings)
  const call = makeClient({ baseUrl: url, fetch: around.fetch, headers })
  return command.run({ ...around, words: rest, options, call, url })
}

const unset: Options = {
  ...{ json: false, project: undefined, follow: false, yes: false, replace: false },
  ...{ environment: undefined, type: undefined, url: undefined, key: false },
  ...{ organization: undefined, permissions: undefined, days: undefined, role: undefined },
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: optionWords, allowPositionals: true })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function needOwnOptions(name: string, command: Command, given: object): void {
  const own = new Set<string>(["json", ...(command.options ?? [])])
  const other = Object.keys(given).find((option) => !own.has(option))
  if (other) throw usage(`vibecaas ${name} does not take --${other}.`)
}

function sentenceOf({ problem }: ApiError): string {
  const fields = Object.entries(problem.fields ?? {}).map(([path, say]) => `  ${path}: ${say}\n`)
  const request = problem.requestId === "" ? "" : ` (request ${problem.requestId})`
  return `${plain(problem.detail)}${request}\n${fields.map(plain).join("")}`
}

function help(): string {
  const lines = Object.entries(commands).map(
    ([name, { takes, does }]) => `  ${`${name} ${takes}`.padEnd(32)} ${does}\n`,
  )
  const options = Object.entries(optionWords).map(([name, { help: says, ...option }]) => {
    const short = "short" in option ? `-${option.short}, ` : "    "
    return `  ${`${short}--${name}`.padEnd(32)} ${says}\n`
  })
  return [
    "Usage: vibecaas <command>\n\n",
    ...lines,
    `  ${"completion bash|zsh".padEnd(32)} what a shell completes it by\n\n`,
    ...options,
    "\nExit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 built in part, 4 a person is asked.\n",
  ].join("")
}
