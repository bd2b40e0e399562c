/** planning, when a person confirmed a starter: writes it, and plans that others prove it. */
import { z } from "zod"
import type { Plan, PlannedTask } from "./plan.ts"
import { complaint, succeeded, testsIn, usualTests } from "./tool-answers.ts"
import { parsed, type Transcript } from "./transcript.ts"
import { type Turn, use } from "./turn.ts"

/** What the platform tells of it: the starter, and what it builds of each word of the goal. */
const proposal = z.object({
  before: z.unknown(),
  chosen: z.object({ id: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  account: z.object({
    clauses: z.array(z.object({ words: z.string(), notBuilt: z.string().optional() })),
    filler: z.array(z.string()),
  }),
})
export type Confirmed = z.infer<typeof proposal>

/** @param section as the prompt has it; undefined when nothing was confirmed */
export const readConfirmed = (section: string): Confirmed | undefined =>
  proposal.safeParse(parsed(section)).data

/** Stands first in the orders of the tasks that prove a starter. */
export const provesStarter = "The app is a starter's: its files and its tests are written."

export function planStarter({ uses }: Pick<Transcript, "uses">, confirmed: Confirmed): Turn {
  const { chosen, before } = confirmed
  const used = uses.findLast(({ name }) => name === "use_starter")
  if (!used) {
    const text = before ? "Setting what was confirmed." : "Writing the app that was confirmed."
    return use(text, { name: "use_starter", input: chosen })
  }
  if (!succeeded(used.result)) {
    const reason = `The starter could not be written: ${complaint(used.result)}`
    return use(reason, { name: "decline", input: { reason: reason.slice(0, 1000) } })
  }
  const plan = planOf(confirmed, testsIn(used.result) ?? usualTests)
  return use(plan.summary, { name: "plan_tasks", input: { ...plan } })
}

function planOf(
  { chosen, before, account: { clauses, filler } }: Confirmed,
  tests: readonly string[],
): Plan {
  const built = clauses.filter(({ notBuilt }) => notBuilt === undefined).length
  const what = before ? "Changes settings of" : "Begins with"
  const of = `${built} of ${clauses.length} ${clauses.length === 1 ? "wish" : "wishes"}`
  const summary = `${what} the starter “${chosen.id.replaceAll("-", " ")}”: builds ${of}.`
  const title = nameIn(chosen.parameters.title ?? modelName(chosen.parameters.model))
  const name = !before && title.length >= 2 ? { name: title } : {}
  // What a clause says again asks for nothing by itself.
  return { ...name, summary, tasks: tasksOf(tests), clauses: clauses.map(plain), filler }
}

/** What an app that keeps records is called is said in its data model. */
const modelName = (model: unknown): unknown =>
  typeof model === "object" && model !== null && "name" in model ? model.name : undefined

/** A title as the name of a project may be: less can be in one than a starter takes as a title. */
const nameIn = (title: unknown): string =>
  typeof title === "string"
    ? title
        .trim()
        .slice(0, 60)
        .replaceAll(/[\p{C}\s]+/gu, " ")
        .trim()
    : ""

const plain = ({ words, notBuilt }: Confirmed["account"]["clauses"][number]) =>
  notBuilt === undefined ? { words } : { words, notBuilt }

/** @param tests the command that runs the starter's own */
const tasksOf = (tests: readonly string[]): PlannedTask[] => [
  {
    ...{ key: "testing", role: "testing", dependsOn: [] },
    title: "Run its tests",
    instructions: `${provesStarter} Run the tests with these values by ${JSON.stringify(tests)}, and account for the goal.`,
    check: { kind: "command", argv: [...tests] },
  },
  {
    ...{ key: "integration", role: "integration", dependsOn: ["testing"] },
    title: "Start it and look",
    instructions: `${provesStarter} Start the app and look at its first page.`,
    check: { kind: "page", path: "/", contains: "</html>" },
  },
]
