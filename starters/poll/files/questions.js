// Questions as people write them: a text and its choices, of which a star marks the right ones.

export const limits = { questions: 30, choices: 8, questionChars: 200, choiceChars: 120 }

/** A question of one line, such as `What is 6 × 7? | 36 | *42 | 49`; without choices, Yes and No. */
export function fromLine(line) {
  const [text = "", ...choices] = line.split("|").map((part) => part.trim())
  return withChoices(text, choices)
}

/** A question whose choices are in lines of their own. */
export const fromLines = (text, lines) =>
  withChoices(text.replace(/\p{Cc}/gu, " ").trim(), lines.split(/\r?\n/))

function withChoices(text, written) {
  const named = written.map((choice) => choice.replace(/\p{Cc}/gu, " ").trim()).filter(Boolean)
  const choices = (named.length > 0 ? named : ["Yes", "No"]).map((choice) => ({
    text: choice.replace(/^\*\s*/, ""),
    right: choice.startsWith("*"),
  }))
  return { text, choices }
}

/** What is wrong with a question, as a sentence; nothing when all is well. */
export function wrongWith({ text, choices }, isQuiz) {
  if (!text) return "write the question."
  if (text.length > limits.questionChars) return `use at most ${limits.questionChars} characters.`
  if (choices.length < 2) return "give two choices or more."
  if (choices.length > limits.choices) return `give at most ${limits.choices} choices.`
  if (choices.some((choice) => !choice.text || choice.text.length > limits.choiceChars))
    return `use 1 to ${limits.choiceChars} characters for a choice.`
  const names = choices.map((choice) => choice.text.toLowerCase())
  if (new Set(names).size < names.length) return "a choice is there twice."
  return isQuiz && !choices.some(({ right }) => right) && "mark the right choice with a star."
}
