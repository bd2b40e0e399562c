import assert from "node:assert/strict"
import { test } from "node:test"
import { examples } from "../examples.js"
import { becomeOwner } from "./owner.js"
import { sharedApp, startApp } from "./start-app.js"

const trip = {
  mode: "poll",
  title: "Trip",
  show_results: "after voting",
  questions: ["Where to? | Lake | Mountains | Museum", "How long? | One day | Two days"],
}
const quiz = {
  mode: "quiz",
  title: "Numbers",
  questions: ["What is 6 × 7? | 36 | *42 | 49", "Is 1 a prime? | Yes | *No"],
}

/** The choices of a form by their texts: `{ field, value }`. */
function choicesIn(text) {
  const found = text.matchAll(
    /name="(q\d+)" value="(\d+)"[^>]*>\s*<span[^>]*>\w<\/span><span>([^<]*)</g,
  )
  return new Map([...found].map(([, field, value, label]) => [label, { field, value }]))
}

/** Takes part as a person does. @returns the answer to what was sent */
async function take(visitor, path, labels) {
  const choices = choicesIn((await visitor.get(path)).text)
  const fields = Object.fromEntries(
    labels.map((label) => [choices.get(label).field, choices.get(label).value]),
  )
  return visitor.post(path, fields)
}

/** `{ text: [percent, count] }` as a results page shows them. */
function bars(text) {
  const found = text.matchAll(
    /class="bar-text">([^<]*?)\s*(?:<span.*?)?<\/span>\s*<span class="bar-number"><strong>(\d+) %<\/strong> <span class="muted">(\d+)</gs,
  )
  return Object.fromEntries([...found].map(([, label, percent, n]) => [label, [+percent, +n]]))
}

test("the first page asks the questions of the settings", async (t) => {
  const app = await startApp(t)
  const { status, text } = await app.visitor().get("/")
  assert.equal(status, 200)
  assert.equal(choicesIn(text).size >= 2, true)
})

test("a question without choices asks for yes or no", async (t) => {
  const app = await startApp(t, { ...trip, questions: ["Shall we?"] })
  const { text } = await app.visitor().get("/")
  assert.deepEqual([...choicesIn(text).keys()], ["Yes", "No"])
})

test("votes are counted, and shown in shares", async (t) => {
  const app = await startApp(t, trip)
  for (const labels of [
    ["Lake", "One day"],
    ["Lake", "Two days"],
    ["Museum", "Two days"],
  ])
    await take(app.visitor(), "/r/1", labels)
  const visitor = app.visitor()
  const { headers } = await take(visitor, "/r/1", ["Lake", "Two days"])
  assert.equal(headers.get("location"), "/r/1/results")
  const { text } = await visitor.get("/r/1/results")
  assert.deepEqual(bars(text), {
    Lake: [75, 3],
    Mountains: [0, 0],
    Museum: [25, 1],
    "One day": [25, 1],
    "Two days": [75, 3],
  })
  assert.match(text, /4 people answered/)
})

test("a browser answers once, also after a restart and when it asks twice at once", async (t) => {
  const app = await startApp(t, trip)
  const visitor = app.visitor()
  const choices = choicesIn((await visitor.get("/r/1")).text)
  const fields = Object.fromEntries(
    ["Lake", "One day"].map((label) => [choices.get(label).field, choices.get(label).value]),
  )
  await Promise.all([visitor.post("/r/1", fields), visitor.post("/r/1", fields)])
  await app.restart()
  await visitor.post("/r/1", fields)
  assert.match((await visitor.get("/r/1/results")).text, /1 person answered/)
  assert.equal((await visitor.get("/r/1")).headers.get("location"), "/r/1/results")
})

test("a browser that keeps no cookie cannot vote", async () => {
  const app = await sharedApp(trip)
  const forgetful = app.visitor()
  const { text } = await forgetful.get("/r/1")
  const { field, value } = choicesIn(text).get("Lake")
  forgetful.cookies.clear()
  const answer = await forgetful.post("/r/1", { [field]: value })
  assert.equal(answer.status, 403)
  assert.match(answer.text, /keeps no cookie/)
})

test("results wait for the visitor's own vote, unless the settings show them always", async (t) => {
  const after = await startApp(t, trip)
  assert.match((await after.visitor().get("/r/1/results")).text, /First your answer/)
  const always = await startApp(t, { ...trip, show_results: "always" })
  assert.equal(Object.keys(bars((await always.visitor().get("/r/1/results")).text)).length, 5)
})

test("a quiz of which nobody wrote questions asks five with right answers", async (t) => {
  const app = await startApp(t, {
    mode: "quiz",
    title: examples.poll.title,
    questions: examples.poll.questions,
  })
  const { text } = await app.visitor().get("/")
  assert.match(text, /Five small questions/)
  assert.equal(text.match(/<fieldset/g).length, 5)
  assert.doesNotMatch(text, /day out in June|Which place/)
  const own = await startApp(t, {
    mode: "quiz",
    title: "Geography",
    questions: ["Where? | *Here | There"],
  })
  const page = await own.visitor().get("/")
  assert.match(page.text, /Geography/)
  assert.match(page.text, /Where\?/)
})

test("a quiz tells the score and what is right, but only who handed in", async (t) => {
  const app = await startApp(t, { ...quiz, show_results: "always" })
  const visitor = app.visitor()
  const before = `${(await visitor.get("/")).text}${(await visitor.get("/r/1/results")).text}`
  assert.doesNotMatch(before, /class="tag good"|\*42/)
  await take(visitor, "/r/1", ["42", "Yes"])
  const { text } = await visitor.get("/r/1/results")
  assert.match(text, /<strong>1 of 2<\/strong>/)
  assert.equal(text.match(/class="tag good"/g).length, 2)
  assert.match(text, /42\s*<span class="tag">Your choice/)
})

test("an answer that is missing or made up is refused, and the others stay chosen", async () => {
  const app = await sharedApp(trip)
  const visitor = app.visitor()
  const choices = choicesIn((await visitor.get("/r/1")).text)
  const { field, value } = choices.get("Lake")
  const missing = await visitor.post("/r/1", { [field]: value })
  assert.equal(missing.status, 400)
  assert.match(missing.text, /1 is\s+missing/)
  assert.match(missing.text, new RegExp(`value="${value}"[^>]*checked`))
  const other = choices.get("One day")
  const swapped = { [field]: other.value, [other.field]: value }
  assert.equal((await visitor.post("/r/1", swapped)).status, 400)
  assert.equal((await visitor.post("/r/1", {}, { origin: "https://evil.example" })).status, 403)
  assert.equal((await visitor.get("/r/99")).status, 404)
})

test("open results hear of every vote", async (t) => {
  const app = await startApp(t, trip)
  const stream = await fetch(`${app.url()}/r/1/live`)
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ""
  const until = async (words) => {
    while (!heard.includes(words)) heard += (await reader.read()).value
  }
  await until("event: hello")
  await take(app.visitor(), "/r/1", ["Lake", "One day"])
  await until("event: changed")
  await reader.cancel()
})

test("new questions in the settings replace a round that nobody answered, and close one that was", async (t) => {
  const app = await startApp(t, trip)
  await app.restart(quiz)
  const owner = await becomeOwner(app)
  assert.doesNotMatch((await owner.get("/owner")).text, />Trip</)
  await take(app.visitor(), "/r/2", ["42", "No"])
  await app.restart(trip)
  const { text } = await owner.get("/owner")
  assert.match(text, /Quiz, closed, 1 person answered/)
  await app.restart()
  assert.equal((await owner.get("/owner")).text, text)
})

test("the owner writes a round, closes it, forgets its answers and deletes it", async (t) => {
  const app = await startApp(t, trip)
  const owner = await becomeOwner(app)
  const form = new URLSearchParams({ title: "Lunch", kind: "quiz" })
  form.append("question", "Which is <b>sweet</b>?")
  form.append("choices", "Salt\n* Sugar\nSalad")
  const added = await owner.ask("/owner/new", { method: "POST", body: form })
  const path = added.headers.get("location")
  const id = path.split("/").at(-1)
  const visitor = app.visitor()
  assert.match((await visitor.get("/")).text, /Which is &lt;b&gt;sweet/)
  await take(visitor, path, ["Sugar"])
  await owner.post(`/owner/${id}/close`)
  assert.equal((await app.visitor().get(path)).headers.get("location"), `${path}/results`)
  assert.equal((await visitor.post(path, {})).status, 409)
  await owner.post(`/owner/${id}/open`)
  await owner.post(`/owner/${id}/clear`)
  assert.equal((await visitor.get(path)).status, 200)
  await owner.post(`/owner/${id}/delete`)
  assert.equal((await visitor.get(path)).status, 404)
})

test("a round that cannot be is told, and what was typed is kept", async () => {
  const app = await sharedApp(trip)
  const owner = await becomeOwner(app)
  const send = async (kind, choices) => {
    const fields = { title: "T", kind, question: "Kept?", choices }
    return owner.post("/owner/new", fields)
  }
  const unmarked = await send("quiz", "a\nb")
  assert.equal(unmarked.status, 400)
  assert.match(unmarked.text, /mark the right choice with a star/)
  assert.match(unmarked.text, /value="Kept\?"/)
  assert.match((await send("poll", "only one")).text, /two choices or more/)
  assert.match((await send("poll", "a\nA")).text, /there twice/)
})

test("answers are exported without names; strangers get nothing of the owner's", async (t) => {
  const app = await startApp(t, { ...trip, questions: ["Pick | =1+1 | Two"] })
  await take(app.visitor(), "/r/1", ["=1+1"])
  const stranger = app.visitor()
  for (const path of ["/owner", "/owner/new", "/owner/1/answers.csv"])
    assert.equal((await stranger.get(path)).status, 303)
  assert.equal((await stranger.post("/owner/1/delete")).status, 403)
  const owner = await becomeOwner(app)
  const { text } = await owner.get("/owner/1/answers.csv")
  assert.match(text, /^"answer","time","Pick"\r\n"1","[^"]*","'=1\+1"/)
})
