/** What somebody gave or wrote and fixed rules cannot take in: it is said in the account of the goal. */
import { linesOfJson, sectionIn, sectionsIn } from "./prompt.ts"
import type { Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { use } from "./turn.ts"

const folder = "attachments/"
const filesUnseen =
  "I do not look at attached files: I am a set of fixed rules, and read only the words of the goal."
const messagesUnread =
  "I do not read messages while I work: I am a set of fixed rules, and read only the words of the goal."

/** Whether a wish is the path of a file that came with the goal. */
export const isGivenFile = (words: string) => words.startsWith(folder)

/** The turn of whoever verifies, in which it also says what was left aside. */
export function tellLeftAside(transcript: Transcript, turn: Turn): Turn {
  const left = leftAside(transcript)
  if (left.length === 0 || !transcript.offered.has("account_for")) return turn
  if (turn.calls.length === 0)
    return use(turn.text, { name: "account_for", input: { clauses: left } })
  const calls = turn.calls.map((call) =>
    call.name === "account_for"
      ? { ...call, input: { clauses: [...clausesOf(call), ...left] } }
      : call,
  )
  return { ...turn, calls }
}

function leftAside({ prompt, told, uses }: Transcript) {
  const files = linesOfJson(sectionIn(prompt, "clauses")).filter(isGivenFile)
  const said = new Set(
    uses
      .filter(({ name }) => name === "account_for")
      .flatMap((each) => clausesOf(each).map(wordsOf)),
  )
  return [
    ...files.map((words) => ({ words, built: false, why: filesUnseen })),
    ...sectionsIn(told, "message").flatMap((message) => {
      const words = textOf(message)
      return words === "" ? [] : [{ words, built: false, why: messagesUnread }]
    }),
  ].filter(({ words }) => !said.has(words))
}

/** A message without who wrote it and what came with it. */
const textOf = (message: string) =>
  message
    .split("\n")
    .slice(1)
    .filter((line) => !line.startsWith(`With it: ${folder}`))
    .join("\n")
    .trim()

/** We wrote the calls ourselves. */
const clausesOf = ({ input }: { input: Record<string, unknown> }) =>
  (input.clauses ?? []) as { words: string }[]
const wordsOf = ({ words }: { words: string }) => words
