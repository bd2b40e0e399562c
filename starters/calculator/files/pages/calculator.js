// The page: what people give on one side, what comes out on the other.
import { signOf } from "../public/numbers.js"
import { sayProblem, sayUnread, texts } from "../public/texts.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

const { language } = settings
const says = texts[language]

/** @param calculated `{ lines, fields, answers }` */
export function calculatorPage({ lines, fields, answers }) {
  const isEmpty = fields.length === 0 && answers.length === 0
  const body = html`
<main class="sheet">
  <header class="head"><h1>${settings.title}</h1></header>
  ${lines.unread.map(unreadPart)}
  ${isEmpty ? html`<p class="panel">${says.nothing}</p>` : sidesPart({ fields, answers })}
  ${!isEmpty && settings.history && historyPart}
  ${lines.results.length > 0 && howPart(lines)}
  ${settings.note && html`<p class="note">${settings.note}</p>`}
</main>`
  return layout({ title: settings.title, body, script: isEmpty ? undefined : "/calculator.js" })
}

const sidesPart = ({ fields, answers }) => html`
  <form class="sides" id="calculator" action="/" method="get" data-settings="${JSON.stringify(settings)}">
    <section class="panel given" aria-labelledby="inputs-title">
      <h2 id="inputs-title">${says.inputs}</h2>
      ${fields.map(fieldPart)}
      <div class="row">
        <button class="button" id="calculate">${says.calculate}</button>
        <a class="button quiet" id="reset" href="/">${says.reset}</a>
      </div>
    </section>
    ${answers.length > 0 && resultsPart(answers)}
  </form>`

function fieldPart({ input, text, problem }) {
  const { id, name, kind } = input
  const wrong = problem && html`aria-invalid="true"`
  const sign = kind === "choice" ? "" : signOf(input, { language })
  return html`
      <div class="field">
        <label for="in-${id}">${name}${sign && html` <span class="hidden">(${sign})</span>`}</label>
        ${
          kind === "choice"
            ? choicePart(input, text)
            : html`<span class="with-sign"><input id="in-${id}" name="${id}" value="${text}" maxlength="40" inputmode="${modeOf(input)}" autocomplete="off" spellcheck="false" aria-describedby="wrong-${id}" ${wrong}>${sign && html`<span class="sign" aria-hidden="true">${sign}</span>`}</span>`
        }
        <p class="error" id="wrong-${id}">${sayProblem(problem, language)}</p>
      </div>`
}

/** Keyboards of phones for numbers have no minus. */
const modeOf = ({ whole, min }) => {
  if (min === undefined || min < 0) return "text"
  return whole ? "numeric" : "decimal"
}

const choicePart = ({ id, choices }, text) =>
  html`<select id="in-${id}" name="${id}" aria-describedby="wrong-${id}">${choices.map(
    ({ label }) => html`<option ${label === text && html`selected`}>${label}</option>`,
  )}</select>`

function resultsPart(answers) {
  const large = answers.find(({ result }) => result.isLarge)
  const others = answers.filter((each) => each !== large)
  return html`
    <section class="panel results" aria-labelledby="results-title">
      <h2 class="hidden" id="results-title">${says.results}</h2>
      <div class="large">
        <p class="large-name" id="large-name">${large.result.name}</p>
        <output class="large-value" id="out-${large.result.id}" aria-labelledby="large-name">${large.text}</output>
        <p class="why" id="why-${large.result.id}">${sayProblem(large.problem, language)}</p>
      </div>
      ${
        others.length > 0 &&
        html`<dl class="others">${others.map(
          ({ result, text, problem }) => html`
        <div><dt>${result.name}</dt><dd><span id="out-${result.id}">${text}</span><span class="why" id="why-${result.id}">${sayProblem(problem, language)}</span></dd></div>`,
        )}</dl>`
      }
      <div class="deeds" id="deeds" hidden>
        <button class="deed" type="button" id="copy">${says.copy}</button>
        <button class="deed" type="button" id="link">${says.link}</button>
        <button class="deed" type="button" id="print">${says.print}</button>
      </div>
      <p class="said" id="said" role="status"></p>
    </section>`
}

const historyPart = html`
  <section class="history" id="history" aria-labelledby="history-title" hidden>
    <div class="row apart"><h2 id="history-title">${says.history}</h2><button class="button quiet small" type="button" id="clear" hidden>${says.historyClear}</button></div>
    <p class="muted" id="history-empty">${says.historyEmpty}</p>
    <ul class="past" id="past"></ul>
  </section>`

const howPart = ({ results }) => html`
  <details class="how"><summary>${says.how}</summary>
    <ul class="formulas">${results.map(
      ({ name, formula }) => html`<li>${name} = <code>${formula}</code></li>`,
    )}</ul>
  </details>`

function unreadPart({ line, problem }) {
  const { formula, at, to } = problem
  const said = html`<strong>${says.unread}</strong> <q>${line}</q>: ${sayUnread(problem, language)}.`
  if (formula === undefined || at === undefined) return html`<p class="unread">${said}</p>`
  const end = to ?? formula.length
  return html`<p class="unread">${said} <code>${formula.slice(0, at)}<mark>${formula.slice(at, end) || "…"}</mark>${formula.slice(end)}</code></p>`
}
