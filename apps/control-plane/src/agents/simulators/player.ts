import { createHash } from "node:crypto"
import type { LanguageModelV4Message } from "@ai-sdk/provider"
import {
  answerIn,
  type Cassette,
  type CassetteAnswer,
  type CassetteTask,
} from "../cassettes/cassette.ts"
import { section } from "../prompts.ts"
import type { Brain } from "./behaviours.ts"
import { Refused } from "./conversation.ts"

/** One task's answers, and how far they were given. */
interface Reel {
  task: CassetteTask
  answers: CassetteAnswer[]
  next: number
  /** answers by what they were given to: what is asked again is answered as before */
  given: Map<string, CassetteAnswer>
}

interface Asked {
  prompt: readonly LanguageModelV4Message[]
}

/** @throws Refused when there is no such task, or no more answer in it */
export type Player = (asked: Asked) => CassetteAnswer

/**
 * Answers as the models of recorded runs did: it knows a task by the words that it is given to work
 * on, and gives its answers one after the other.
 */
export function makePlayer(cassettes: readonly Cassette[]): Player {
  const recorded = cassettes.map(({ goal, tasks }) => ({ goal, reels: tasks.map(reelOf) }))
  return ({ prompt }) => {
    const words = firstWords(prompt)
    const reels = recorded
      .filter(({ goal }) => words.includes(section("goal", goal)))
      .flatMap((each) => each.reels.filter(({ task }) => isAbout(task, words)))
    const begins = !prompt.some(({ role }) => role === "assistant")
    const isLeft = ({ answers, next }: Reel) => next < answers.length
    if (begins && !reels.some(isLeft)) rewind(reels)
    const asked = createHash("sha256").update(JSON.stringify(prompt)).digest("hex")
    const again = reels.find(({ given }) => given.has(asked))?.given.get(asked)
    if (again) return again
    const reel = reels.find(isLeft)
    const answer = reel?.answers[reel.next]
    if (!reel || !answer) throw new Refused(nothingLeft(reels[0]))
    reel.next += 1
    reel.given.set(asked, answer)
    return answer
  }
}

/** Whoever begins a task when all of its answers were given lets the run happen once more. */
function rewind(reels: readonly Reel[]): void {
  for (const reel of reels) Object.assign(reel, { next: 0, given: new Map() })
}

/** What thinks behind a wire when recordings do. */
export function brainOfCassettes(cassettes: readonly Cassette[]): Brain {
  const play = makePlayer(cassettes)
  return (asked) => {
    const answer = play(asked)
    if (answer.failure) throw new Refused(answer.failure.say)
    return answerIn(answer)
  }
}

function reelOf(task: CassetteTask): Reel {
  const answers = task.calls.filter((call) => call.kind === "model")
  return { task, answers, next: 0, given: new Map() }
}

/** What the platform said first: what the task is. */
function firstWords(prompt: readonly LanguageModelV4Message[]): string {
  const first = prompt.find(({ role }) => role === "user")
  if (first?.role !== "user") return ""
  return first.content.map((part) => (part.type === "text" ? part.text : "")).join("")
}

function isAbout({ role, title, instructions }: CassetteTask, words: string): boolean {
  if (role === "planning") return !words.includes("<task>\n")
  return (
    words.includes(section("task", title)) && words.includes(section("instructions", instructions))
  )
}

const nothingLeft = (reel: Reel | undefined) =>
  reel
    ? `The recording has no more answers in “${reel.task.title}”.`
    : "The recording has no such task."
