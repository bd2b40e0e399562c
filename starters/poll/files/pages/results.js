import { html } from "../web/html.js"
import { layout, letterOf, peopleText } from "./layout.js"

export const resultsPage = (seen) =>
  layout({
    title: `Results: ${seen.round.title}`,
    script: "/results.js",
    body: html`
<main class="stage" data-round="${seen.round.id}">
  <header class="stage-words"><h1>${seen.round.title}</h1>
    <p class="chips"><span class="chip" data-live>Results</span><span class="chip" data-people>${peopleText(seen.round.answers)}</span></p>
    ${seen.score && scorePart(seen.score)}
    ${!seen.round.is_open && html`<p class="muted">Closed. Nobody can answer any more.</p>`}
  </header>
  <div class="stage-form" data-results>${resultsPart(seen)}</div>
</main>`,
  })

function scorePart({ right, of }) {
  const around = 2 * Math.PI * 54
  const share = of === 0 ? 0 : right / of
  return html`<div class="score"><svg viewBox="0 0 120 120" width="120" height="120" aria-hidden="true">
    <circle class="score-ground" cx="60" cy="60" r="54" fill="none" stroke-width="12"/>
    <circle class="score-done" cx="60" cy="60" r="54" fill="none" stroke-width="12" stroke-linecap="round"
      transform="rotate(-90 60 60)" stroke-dasharray="${(around * share).toFixed(1)} ${around.toFixed(1)}" ${right === 0 && html`visibility="hidden"`}/></svg>
    <p><strong>${right} of ${of}</strong><span>${share === 1 ? "All right!" : share >= 0.5 ? "Well done." : "Now you know."}</span></p></div>`
}

/** The bars alone: what an open page reads anew when somebody answered. */
export function resultsPart({ round, results, picks, visible }) {
  if (!visible)
    return html`<section class="panel"><h2>First your answer, then the results</h2>
      <p><a class="button" href="/r/${round.id}">Answer now</a></p></section>`
  const isQuiz = round.kind === "quiz"
  return html`${results.map(
    (question, at) => html`<section class="panel question" data-answers="${round.answers}">
      <h2 class="legend">${results.length > 1 && html`<span class="number">${at + 1}</span>`}<span>${question.text}</span></h2>
      <ul class="bars">${question.choices.map((choice, index) =>
        barPart({ choice, index, isQuiz, isMine: picks?.get(question.id) === choice.id }),
      )}</ul></section>`,
  )}`
}

const barPart = ({ choice, index, isQuiz, isMine }) => html`
<li class="bar ${choice.leads && "leads"} ${isQuiz && choice.is_right && "right"}" data-choice="${choice.id}">
  <span class="letter" aria-hidden="true">${letterOf(index)}</span>
  <span class="bar-text">${choice.text}
    ${isMine && html`<span class="tag">Your choice</span>`}
    ${isQuiz && choice.is_right === 1 && html`<span class="tag good">Right</span>`}</span>
  <span class="bar-number"><strong>${Math.round(choice.share * 100)} %</strong> <span class="muted">${choice.count}</span></span>
  <svg class="track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="fill" width="${(choice.share * 100).toFixed(2)}" height="10"/></svg>
</li>`
