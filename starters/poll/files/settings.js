import { isDeepStrictEqual } from "node:util"
import { examples } from "./examples.js"
import { choice, color, list, readSettings, text } from "./web/settings-kinds.js"

const written = readSettings({
  title: text(60, 1),
  intro: text(300),
  mode: choice("poll", "quiz"),
  questions: list(1, 30, 400),
  show_results: choice("after voting", "always"),
  accent: color,
})

/** What is still the example of a poll is that of a quiz in a quiz. */
const exampleOf = (name) =>
  written.mode === "quiz" && isDeepStrictEqual(written[name], examples.poll[name])
    ? examples.quiz[name]
    : written[name]

export const settings = Object.freeze({
  ...written,
  title: exampleOf("title"),
  intro: exampleOf("intro"),
  questions: exampleOf("questions"),
})
