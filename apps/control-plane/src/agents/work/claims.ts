import { z } from "zod"
import type { Journal, RecordedCall } from "./journal.ts"
import { passedIn } from "./test-runners.ts"

/**
 * What an agent's last words claim that one of its calls would have shown: how many tests passed,
 * and which status a page answered. Only these two are read, in the words that agents use for them.
 */
const testsPassed = /\b(\d+)(?: of (?:the )?\d+)? tests? (?:all )?pass|\ball (\d+) tests\b/gi
const pageAnswered =
  /\b(GET|HEAD|POST|PUT|PATCH|DELETE) `?(\/[^\s`“”"',;]*)`? (?:answered|answers|returned|returns|gave|gives)(?: with)? `?(\d{3})\b/g

const spoken = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
})
const ran = z.object({ stdout: z.string(), stderr: z.string().optional() })
const asked = z.object({ path: z.string(), method: z.string().optional() })
const answered = z.object({ status: z.number() })

/** Claims of the task's last answer that no call of it showed, in the agent's words. */
export function unshownClaims(journal: Journal): string[] {
  const calls = journal.since(() => false)
  const said = journal.newest(({ output }) => spoken.safeParse(output).success)
  const { content = [] } = spoken.safeParse(said?.output).data ?? {}
  const text = content.map((part) => part.text ?? "").join("\n")
  const most = Math.max(0, ...calls.map(testsIn))
  const tests = [...text.matchAll(testsPassed)].filter((claim) => claimed(claim) > most)
  const pages = [...text.matchAll(pageAnswered)].filter((claim) => !calls.some(isAnswer(claim)))
  return [...tests, ...pages].map(([words]) => words)
}

const claimed = ([, some, all]: RegExpExecArray) => Number(some ?? all)

const testsIn = ({ output }: RecordedCall) =>
  passedIn(ran.safeParse(output).data ?? { stdout: "" }) ?? 0

const isAnswer =
  ([, method, path, status]: RegExpExecArray) =>
  ({ input, output }: RecordedCall) => {
    const request = asked.safeParse(input).data
    return (
      request?.path === path &&
      (request?.method ?? "GET") === method &&
      answered.safeParse(output).data?.status === Number(status)
    )
  }
