/** From a change of the app spec to a graph of tasks: only roles that have something to do. */

import type { AppSpec, FileChange, FileRole } from "./blueprints/index.ts"
import { changesBetween } from "./blueprints/index.ts"
import type { Plan, PlannedTask, TaskCheck } from "./plan.ts"
import { writeOrders } from "./task-orders.ts"

export interface Wanted {
  before: AppSpec | undefined
  after: AppSpec
  /** paths in the project now */
  files: string[]
  /** what a new app is called */
  name?: string
  summary: string
  notes: string[]
}

export function planWork(wanted: Wanted): Plan {
  const changes = changesBetween(wanted.before, wanted.after, wanted.files)
  const roles = new Set(changes.map((change) => change.role))
  // each writes files of its own from the same spec, so none waits for another
  const writing = (["backend", "frontend", "ai_feature"] as const).filter((role) => roles.has(role))
  const tasks: PlannedTask[] = writing.map((role) => writingTask(role, { wanted, changes }))
  tasks.push(testingTask({ wanted, changes, dependsOn: [...writing] }))
  tasks.push(integrationTask({ wanted, changes, dependsOn: ["testing"] }))
  const { name, summary, notes } = wanted
  return { ...(name === undefined ? {} : { name }), summary, tasks, notes }
}

interface TaskParts {
  wanted: Wanted
  changes: FileChange[]
  dependsOn: string[]
}

const titles = {
  backend: { first: "Keep the records: data, rules and API", later: "Change what is recorded" },
  frontend: { first: "Build the pages", later: "Bring the pages up to date" },
  ai_feature: { first: "Write the suggestion rule", later: "Write the suggestion rule" },
}

function writingTask(
  role: keyof typeof titles,
  { wanted, changes }: Omit<TaskParts, "dependsOn">,
): PlannedTask {
  const title = titles[role][wanted.before ? "later" : "first"]
  const paths = pathsOf(changes, role)
  return {
    key: role,
    role,
    title,
    instructions: writeOrders({
      purpose: `${title}. ${wanted.summary}`,
      ...paths,
      repair: [],
      spec: wanted.after,
    }),
    dependsOn: [],
    check: { kind: "files", paths: paths.write.length > 0 ? paths.write : ["app.json"] },
  }
}

function testingTask({ wanted, changes, dependsOn }: TaskParts): PlannedTask {
  const purpose = `Write the tests and run them. ${wanted.summary}`
  const repair = changes.filter((change) => change.kind === "write").map((change) => change.path)
  return {
    key: "testing",
    role: "testing",
    title: "Test it from outside",
    instructions: writeOrders({
      purpose,
      ...pathsOf(changes, "testing"),
      repair,
      spec: wanted.after,
    }),
    dependsOn,
    check: { kind: "command", argv: ["node", "--test"] },
  }
}

function integrationTask({ wanted, changes, dependsOn }: TaskParts): PlannedTask {
  const purpose = `Start the app and look at it. ${wanted.summary}`
  const check: TaskCheck = { kind: "page", path: "/", contains: "</html>" }
  return {
    key: "integration",
    role: "integration",
    title: "Start it and look",
    instructions: writeOrders({
      purpose,
      ...pathsOf(changes, "integration"),
      repair: [],
      spec: wanted.after,
    }),
    dependsOn,
    check,
  }
}

function pathsOf(changes: FileChange[], role: FileRole) {
  const own = changes.filter((change) => change.role === role)
  const paths = (kind: FileChange["kind"]) =>
    own.filter((change) => change.kind === kind).map((change) => change.path)
  return { write: paths("write"), remove: paths("delete") }
}
