import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { layout, letterOf, peopleText } from "./layout.js"

/** The first page: the newest open round, and links to others. */
export const homePage = ({ round, answered, others }) =>
  layout({
    title: settings.title,
    body: html`
<main class="stage">
  <header class="stage-words">
    <h1>${settings.title}</h1>
    ${settings.intro && html`<p class="lead">${settings.intro}</p>`}
    ${round && html`<p class="chips"><span class="chip">${kindText(round)}</span><span class="chip">${peopleText(round.answers)}</span></p>`}
    ${others.length > 0 && othersPart(others)}
  </header>
  <div class="stage-form">${round ? (answered ? donePart(round) : formPart({ round })) : nonePart}</div>
</main>`,
  })

export const roundPage = ({ round, picks, missing }) =>
  layout({
    title: round.title,
    body: html`
<main class="stage">
  <header class="stage-words"><h1>${round.title}</h1>
    <p class="chips"><span class="chip">${kindText(round)}</span><span class="chip">${peopleText(round.answers)}</span></p></header>
  <div class="stage-form">${formPart({ round, picks, missing })}</div>
</main>`,
  })

const kindText = ({ kind, questions }) => {
  const many = questions.length === 1 ? "1 question" : `${questions.length} questions`
  return `${kind === "quiz" ? "Quiz" : "Poll"}, ${many}`
}

const othersPart = (
  others,
) => html`<nav class="others" aria-label="More to answer"><h2>More to answer</h2>
  <ul class="other-list">${others.map(({ id, title }) => html`<li><a href="/r/${id}">${title}</a></li>`)}</ul></nav>`

const nonePart = html`<section class="panel"><h2>Nothing to answer right now</h2>
  <p class="muted">A new poll appears here. Is this your app? <a href="/owner/new">Write one</a>.</p></section>`

const donePart = ({ id, title }) => html`<section class="panel"><h2>You answered “${title}”</h2>
  <p class="muted">The results move as others answer.</p>
  <p><a class="button" href="/r/${id}/results">See the results</a></p></section>`

const formPart = ({ round, picks, missing = [] }) => html`
<form class="round" method="post" action="/r/${round.id}">
  ${missing.length > 0 && html`<p class="error panel" role="alert">Choose an answer to every question. ${missing.length} ${missing.length === 1 ? "is" : "are"} missing.</p>`}
  ${round.questions.map((question, at) =>
    questionPart({
      question,
      at,
      of: round.questions.length,
      picked: picks?.get(question.id),
      isMissing: missing.includes(question.id),
    }),
  )}
  <div class="row apart send"><button class="button large">${round.kind === "quiz" ? "Hand in" : "Vote"}</button>
    ${settings.show_results === "always" && round.kind === "poll" && html`<a href="/r/${round.id}/results">Results so far</a>`}</div>
</form>`

const questionPart = ({ question, at, of, picked, isMissing }) => html`
<fieldset class="panel question ${isMissing && "missing"}">
  <legend>${of > 1 && html`<span class="number">${at + 1}</span>`}<span>${question.text}</span></legend>
  <div class="choices">${question.choices.map(
    (choice, index) => html`<label class="choice">
      <input type="radio" name="q${question.id}" value="${choice.id}" required ${choice.id === picked && html`checked`}>
      <span class="letter" aria-hidden="true">${letterOf(index)}</span><span>${choice.text}</span></label>`,
  )}</div>
</fieldset>`
