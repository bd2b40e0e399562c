import { signOutPart } from "../owner.js"
import { fromLines, limits, wrongWith } from "../questions.js"
import { fieldPart, readFields } from "../web/fields.js"
import { html } from "../web/html.js"
import { textFile } from "../web/http.js"
import { layout, peopleText } from "./layout.js"

/** The owner's rounds. */
export const roundsPage = (rounds) =>
  layout({
    title: "Your polls",
    body: html`
<main class="desk">
  <div class="row apart"><h1>Your polls</h1><div class="row"><a class="button" href="/owner/new">New poll or quiz</a>${signOutPart}</div></div>
  ${rounds.length === 0 && html`<section class="panel"><h2>None yet</h2><p class="muted">Write a poll, and share its address.</p></section>`}
  <ul class="rounds">${rounds.map(roundPart)}</ul>
</main>`,
  })

const press = (id, act, label, kind = "quiet") => html`
  <form method="post" action="/owner/${id}/${act}"><button class="button ${kind} small">${label}</button></form>`

const roundPart = ({ id, title, kind, is_open, answers }) => html`
<li class="panel">
  <div><h2><a href="/r/${id}/results">${title}</a></h2>
    <p class="muted">${kind === "quiz" ? "Quiz" : "Poll"}, ${is_open ? "open" : "closed"}, ${peopleText(answers)}.
      Share <a href="/r/${id}">/r/${id}</a></p></div>
  <div class="row">${is_open ? press(id, "close", "Close") : press(id, "open", "Open again")}
    <a class="button quiet small" href="/owner/new?copy=${id}">Copy</a>
    ${
      answers > 0 && [
        html`<a class="button quiet small" href="/owner/${id}/answers.csv">CSV</a>`,
        press(id, "clear", "Forget answers", "danger"),
      ]
    }
    ${press(id, "delete", "Delete", "danger")}</div>
</li>`

const titleField = { label: "Title", max: 60, required: true }

/** Reads a new round. @returns `{ round, errors }`, with what was typed in any case */
export function readRound(form) {
  const read = readFields(form, { title: titleField })
  const kind = form.get("kind") === "quiz" ? "quiz" : "poll"
  const lists = form.getAll("choices")
  const questions = form
    .getAll("question")
    .slice(0, 100)
    .map((text, at) => fromLines(text.slice(0, 1000), (lists[at] ?? "").slice(0, 4000)))
    .filter(({ text }) => text)
  const errors = { ...read.errors }
  if (questions.length === 0) errors.questions = "Write at least one question."
  if (questions.length > limits.questions)
    errors.questions = `Write at most ${limits.questions} questions.`
  const wrong = questions.map((question) => wrongWith(question, kind === "quiz"))
  const at = wrong.findIndex(Boolean)
  if (at >= 0) errors.questions = `Question ${at + 1}: ${wrong[at]}`
  return { round: { title: read.values.title, kind, questions }, errors }
}

/** @param round what was typed, or a round to copy */
export function newRoundPage({ round, errors = {} }) {
  const written = round?.questions ?? []
  const empty = { text: "", choices: [] }
  const blocks = [
    ...written,
    ...Array.from({ length: Math.max(1, 2 - written.length) }, () => empty),
  ]
  const isQuiz = round?.kind === "quiz"
  return layout({
    title: "New poll or quiz",
    script: "/blocks.js",
    body: html`
<main class="desk narrow">
  <p><a href="/owner">Your polls</a></p>
  <h1>New poll or quiz</h1>
  <form class="stack" method="post" action="/owner/new">
    ${fieldPart("title", titleField, { values: { title: round?.title }, errors })}
    <fieldset class="kinds"><legend>Kind</legend>
      <label><input type="radio" name="kind" value="poll" ${!isQuiz && html`checked`}> Poll: what people think</label>
      <label><input type="radio" name="kind" value="quiz" ${isQuiz && html`checked`}> Quiz: with right answers and a score</label>
    </fieldset>
    ${errors.questions && html`<p class="error" role="alert">${errors.questions}</p>`}
    <div class="stack" data-blocks>${blocks.map(blockPart)}</div>
    <p class="help">Questions without text are left out. Without choices, people choose between Yes and No.</p>
    <div class="row"><button class="button quiet" type="button" data-add hidden>Add a question</button><button class="button">Open it</button></div>
  </form>
</main>`,
  })
}

const blockPart = ({ text, choices }, at) => html`
<fieldset class="panel block"><legend class="hidden">Question ${at + 1}</legend>
  <div class="field"><label for="question-${at}">Question</label>
    <input id="question-${at}" name="question" maxlength="${limits.questionChars}" value="${text}"></div>
  <div class="field"><label for="choices-${at}">Choices, one a line</label>
    <textarea id="choices-${at}" name="choices" rows="4" maxlength="1200" aria-describedby="choices-help-${at}">\n${choices
      .map((choice) => `${(choice.right ?? choice.is_right) ? "* " : ""}${choice.text}`)
      .join("\n")}</textarea>
    <p class="help" id="choices-help-${at}">For a quiz, a star before a choice says that it is right.</p></div>
</fieldset>`

/** Every answer as a line for spreadsheets; nobody is named. */
export function csvOf(round, rows) {
  const head = ["answer", "time", ...round.questions.map(({ text }) => text)]
  const lines = [...Map.groupBy(rows, ({ id }) => id).values()].map((picks, at) => [
    at + 1,
    picks[0].made_at,
    ...round.questions.map(({ id }) => picks.find(({ question }) => question === id)?.text ?? ""),
  ])
  const body = [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")
  return textFile("text/csv", `${body}\r\n`, {
    "Content-Disposition": 'attachment; filename="answers.csv"',
  })
}

/** A spreadsheet would run a cell that begins like a formula. */
const cell = (value) =>
  `"${String(value)
    .replace(/^[=+\-@\t]/, "'$&")
    .replaceAll('"', '""')}"`
