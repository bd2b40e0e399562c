/** From a change of the app spec to a graph of tasks: only roles that have something to do. */

import type { Account } from "./account/divide.ts"
import type { AppSpec, FileChange, FileRole } from "./blueprints/index.ts"
import { changesBetween } from "./blueprints/index.ts"
import type { Plan, PlannedTask } from "./plan.ts"
import { writeOrders } from "./task-orders.ts"

export interface Wanted {
  before: AppSpec | undefined
  after: AppSpec
  /** paths in the project now */
  files: string[]
  /** what a new app is called */
  name?: string
  summary: string
  account: Account
}

const titles = {
  backend: { first: "Keep the records: data, rules and API", later: "Change what is recorded" },
  frontend: { first: "Build the pages", later: "Bring the pages up to date" },
  ai_feature: { first: "Write the suggestion rule", later: "Write the suggestion rule" },
}
// each writes files of its own from the same spec, so none waits for another
const writers = ["backend", "frontend", "ai_feature"] as const

export function planWork({ before, after, files, name, summary, account }: Wanted): Plan {
  const changes = changesBetween(before, after, files)
  const paths = (kind: FileChange["kind"], role?: FileRole) =>
    changes
      .filter((change) => change.kind === kind && change.role === (role ?? change.role))
      .map(({ path }) => path)
  const task = (role: FileRole, { purpose, repair = [], ...rest }: TaskParts): PlannedTask => {
    const own = { write: paths("write", role), remove: paths("delete", role) }
    const orders = { purpose: `${purpose}. ${summary}`, ...own, repair, spec: after }
    return { key: role, role, ...rest, instructions: writeOrders(orders) }
  }
  const writing = writers.filter((role) => changes.some((change) => change.role === role))
  const tasks = writing.map((role) => {
    const title = titles[role][before ? "later" : "first"]
    const written = paths("write", role)
    const check = { kind: "files" as const, paths: written.length > 0 ? written : ["app.json"] }
    return task(role, { title, purpose: title, dependsOn: [], check })
  })
  const testing = task("testing", {
    title: "Test it from outside",
    purpose: "Write the tests and run them",
    repair: paths("write"),
    dependsOn: [...writing],
    check: { kind: "command", argv: ["node", "--test"] },
  })
  const integration = task("integration", {
    title: "Start it and look",
    purpose: "Start the app and look at it",
    dependsOn: ["testing"],
    check: { kind: "page", path: "/", contains: "</html>" },
  })
  const { clauses } = account
  const filler = [...new Set(account.filler)]
  const named = name === undefined ? {} : { name }
  return { ...named, summary, tasks: [...tasks, testing, integration], clauses, filler }
}

type TaskParts = Pick<PlannedTask, "title" | "dependsOn" | "check"> & {
  purpose: string
  repair?: string[]
}
