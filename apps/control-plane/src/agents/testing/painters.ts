import type { Models } from "../models/model.ts"
import { oneTask } from "./one-task.ts"
import { type Said, type Seen, scriptedModel, scriptedModels } from "./scripted-model.ts"

/** Models that each write a colour of their own, and what their planning agents were asked last. */
export interface Painters {
  models: Models
  heard(): string
}

const colours = ["red", "blue", "grey"]

/** `script:red` and its like can be chosen by name; `script:grey` declines; all others write the goal. */
export function painters(): Painters {
  let heard = ""
  const painter =
    (colour: string) =>
    (seen: Seen): Said => {
      if (seen.role !== "planning") return paint(colour, seen)
      heard = seen.prompt
      return plan(colour, seen)
    }
  const models: Models = {
    ...scriptedModels(painter("plain")),
    choices: () => colours.map((colour) => `script:${colour}`),
    named: (name) => {
      const info = { provider: "script", model: name, simulated: true, label: name }
      const model = scriptedModel(painter(name.slice("script:".length)))
      return { model, info, trust: "untrusted" }
    },
  }
  return { models, heard: () => heard }
}

function plan(colour: string, { answers }: Seen): Said {
  if (colour === "grey") return { calls: [{ name: "decline", input: { reason: "No." } }] }
  return answers === 0 ? oneTask({ kind: "files", paths: ["colour.txt"] }) : { text: "Planned." }
}

function paint(colour: string, { answers, goal }: Seen): Said {
  const content = colour === "plain" ? `plain: ${goal}` : colour
  return answers === 0
    ? { calls: [{ name: "write_file", input: { path: "colour.txt", content } }] }
    : { text: "Done." }
}
