/** testing and integration of a starter: its own tests prove it, and its first page is looked at. */
import { accountForAll, failureOf, passed, runTests } from "./testing-role.ts"
import { complaint, statusIn, succeeded } from "./tool-answers.ts"
import type { Transcript } from "./transcript.ts"
import { say, type Turn, use } from "./turn.ts"

export function testStarter(transcript: Transcript): Turn {
  const run = transcript.uses.find(({ name }) => name === "run_command")
  if (run) return passed(run) ? accountForAll(transcript, run) : say(failureOf(run))
  if (!transcript.offered.has("run_command")) return say("I have no tool to run its tests.")
  return use("Running the tests that it brings.", runTests)
}

export function lookAtStarter({ uses, offered }: Transcript): Turn {
  const started = uses.findLast(({ name }) => name === "start_app")
  if (!started) {
    if (!offered.has("start_app")) return say("I have no tool to start the app.")
    return use("Starting the app.", { name: "start_app", input: {} })
  }
  if (!succeeded(started.result))
    return say(`The app did not start: ${complaint(started.result, 1200)}`)
  const page = uses.find(({ name }) => name === "fetch_page")
  if (!page && offered.has("fetch_page"))
    return use("It runs. Looking at its first page.", { name: "fetch_page", input: { path: "/" } })
  const status = statusIn(page?.result)
  return say(
    page && succeeded(page.result) && (status ?? 0) < 400
      ? `The app runs, and its first page answered ${status ?? ""}.`
      : `The app runs, but its first page did not answer: ${complaint(page?.result, 400)}`,
  )
}
