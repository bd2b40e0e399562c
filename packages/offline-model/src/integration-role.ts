/** integration: starts the app, fetches its pages by path, and reports what answered. */
import { bringFiles } from "./bring-files.ts"
import type { TaskOrders } from "./task-orders.ts"
import { complaint, statusIn, succeeded, textIn } from "./tool-answers.ts"
import type { ToolUse, Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { say, use } from "./turn.ts"
import { filesOf, report } from "./writing-roles.ts"

export function startAndLook(transcript: Transcript, orders: TaskOrders): Turn {
  const { uses, offered } = transcript
  const started = uses.findLast((each) => each.name === "start_app")
  if (!started) {
    const progress = bringFiles(transcript, {
      write: filesOf(orders, orders.write),
      remove: orders.remove,
    })
    if ("next" in progress) return progress.next
    if (!offered.has("start_app"))
      return say(`${report(progress)} I have no tool to start the app.`)
    return use("Starting the app.", { name: "start_app", input: {} })
  }
  if (!succeeded(started.result))
    return say(`The app did not start: ${complaint(started.result, 1200)}`)

  const fetched = uses.filter((each) => each.name === "fetch_page")
  const paths = [
    "/",
    ...orders.spec.entities.flatMap(({ plural }) => [`/${plural}`, `/api/${plural}`]),
  ]
  const missing = paths.filter((path) => !fetched.some((each) => each.input.path === path))
  if (missing.length > 0 && offered.has("fetch_page")) {
    const calls = missing.slice(0, 6).map((path) => ({ name: "fetch_page", input: { path } }))
    return use("It runs. Looking at its pages.", ...calls)
  }
  return say(conclusion(orders, fetched))
}

function conclusion(orders: TaskOrders, fetched: ToolUse[]): string {
  if (fetched.length === 0)
    return "The app runs. I have no tool to fetch its pages, so I have not seen them."
  const lines = fetched.map((each) => `- ${String(each.input.path)}: ${verdict(each)}`)
  const allWell = fetched.every(answered)
  const missing = orders.spec.unsupported.map((line) => `- ${line}`)
  return [
    allWell
      ? `${orders.spec.name} runs, and every page answered:`
      : "The app runs, but not every page answered:",
    lines.join("\n"),
    ...(missing.length > 0 ? ["Asked for, and not in it:", missing.join("\n")] : []),
  ].join("\n\n")
}

function answered({ result }: ToolUse): boolean {
  const status = statusIn(result)
  return succeeded(result) && (status === undefined ? Boolean(textIn(result)) : status < 400)
}

function verdict(each: ToolUse): string {
  const status = statusIn(each.result)
  if (answered(each)) return status === undefined ? "answered" : String(status)
  return status === undefined ? complaint(each.result, 160) : String(status)
}
