import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { invariant } from "@vibecaas/kernel/fault"
import type { Cassette } from "../src/agents/cassettes/cassette.ts"
import type { Said } from "../src/agents/testing/scripted-model.ts"

/** What each role's agent answers, one after the other. */
export type Answers = Partial<Record<AgentRole, Said[]>>

type Call = NonNullable<Said["calls"]>[number]
type Input = Record<string, unknown>

/** As it was recorded: one builder, and who verifies. */
export function byTwoRoles({ tasks }: Cassette): Answers {
  return Object.fromEntries(tasks.map(({ role, calls }) => [role, calls.flatMap(answerOf)]))
}

/**
 * The same files, edits and tests by more roles: what is below `public/` by frontend beside backend,
 * what looks at the app by integration. Who changes pages reads the API too, since another wrote it.
 */
export function bySixRoles(cassette: Cassette): Answers {
  const { planning = [], backend = [], testing = [] } = byTwoRoles(cassette)
  const looks = [...backend, ...testing].flatMap(({ calls = [] }) => calls.filter(isLook))
  const accounts = testing.flatMap(({ calls = [] }) => calls.filter(isAccount))
  return {
    planning: planning.map((said) => withCalls(said, (call) => [planBySix(call)])),
    backend: withoutEmpty(backend.map((said) => withCalls(said, (call) => partOf(call, isServer)))),
    frontend: withoutEmpty(backend.map((said) => withCalls(said, (call) => partOf(call, isPage)))),
    testing: withoutEmpty(
      testing.map((said) =>
        withCalls(said, (call) => (isLook(call) ? [] : accountBy(call, isSeen, false))),
      ),
    ),
    integration: [
      { calls: unique(looks) },
      ...accounts
        .flatMap((call) => accountBy(call, isSeen, true))
        .map((call) => ({ calls: [call] })),
      { text: "The app runs, and its pages answer." },
    ],
  }
}

function answerOf(call: Cassette["tasks"][number]["calls"][number]): Said[] {
  if (call.kind !== "model") return []
  const { content = [] } = call
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n")
  const calls = content.flatMap((part) => (part.type === "tool-call" ? [part] : []))
  return [{ text, calls: calls.map(({ name, input }) => ({ name, input })) }]
}

const withCalls = ({ text, calls = [] }: Said, change: (call: Call) => Call[]): Said => ({
  ...(text ? { text } : {}),
  calls: calls.flatMap(change),
})

/** Answers of which nothing but words is left go, but for the last, which ends the task. */
const withoutEmpty = (answers: readonly Said[]) =>
  answers.filter(({ calls = [] }, at) => calls.length > 0 || at === answers.length - 1)

const inputOf = ({ input }: Call) => input as Input
const isLook = ({ name }: Call) => name === "start_app" || name.endsWith("_page")
const isAccount = ({ name }: Call) => name === "account_for"
const isPage = (path: string) => path.startsWith("public/")
const isServer = (path: string) => !isPage(path)
const isSeen = ({ proof }: Input) => (proof as Input | undefined)?.kind === "page"

function unique(calls: readonly Call[]): Call[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()]
}

/** Of a call of the builder, what is about files that the role writes. */
function partOf(call: Call, isOwn: (path: string) => boolean): Call[] {
  if (isLook(call)) return []
  const { path, paths } = inputOf(call)
  if (typeof path === "string") return isOwn(path) ? [call] : []
  if (!Array.isArray(paths)) return [call]
  const read = paths.filter((each) => isOwn(each) || (isOwn("public/") && each === "server/api.js"))
  return read.length > 0 ? [{ ...call, input: { paths: read } }] : []
}

/** Of an account, the wishes whose proof is, or is not, a page that was seen. */
function accountBy(call: Call, isSeenOf: (wish: Input) => boolean, seen: boolean): Call[] {
  if (!isAccount(call)) return seen ? [] : [call]
  const clauses = (inputOf(call).clauses as Input[]).filter((wish) => isSeenOf(wish) === seen)
  return clauses.length > 0 ? [{ ...call, input: { clauses } }] : []
}

/** The plan with its builder divided, and who looks at the whole. */
function planBySix(call: Call): Call {
  const plan = inputOf(call)
  const [builder, verifier] = plan.tasks as Input[]
  invariant(builder && verifier, "a recorded plan has a builder and who verifies")
  const { instructions, title } = builder
  const contract = String(instructions)
  const part = (role: string, paths: string[]) => ({
    ...{ key: role, role, title: `${title}: ${role}`, dependsOn: [] },
    instructions: `Do what the contract says, for your part: ${role}.`,
    check: { kind: "files", paths },
  })
  const tasks = [
    part("backend", ["server.js"]),
    part("frontend", ["public/index.html"]),
    { ...verifier, key: "testing", dependsOn: ["backend", "frontend"] },
    {
      ...{ key: "integration", role: "integration", title: "Start it and look" },
      instructions: "Start the app, fetch its pages and its API, and compare with the goal.",
      ...{ dependsOn: ["testing"], check: { kind: "page", path: "/" } },
    },
  ]
  return { ...call, input: { ...plan, contract, tasks } }
}
