import { afterEach, expect, test } from "vitest"
import { clinic } from "../testing/models.ts"
import { removeFolders, run, served, written } from "../testing/record-keeper-folder.ts"

afterEach(removeFolders)

test("records from before a rule are shown, and everything else in them can be changed", () => {
  const result = served(
    written(clinic),
    `const visits = spec.entities[2]
    store.create(visits, { price: -5, status: "called off", paid: false })
    store.create(visits, { paid: false })
    const pages = ["/visits", "/visits/1", "/visits/1/edit", "/visits/2", "/visits/2/edit"]
    const shown = await Promise.all(pages.map((path) => ask("GET", path)))
    const patched = await ask("PATCH", "/api/visits/1", { date: "2026-03-31" })
    const sent = await send("/visits/1", { date: "2026-04-01", price: "-5", status: "called off" })
    const lower = await ask("PATCH", "/api/visits/1", { price: -6 })
    const blank = await ask("PATCH", "/api/visits/2", { paid: true })
    const emptied = await ask("PATCH", "/api/visits/1", { date: null, price: null, status: null })
    result = {
      shown: shown.map(({ status }) => status),
      named: shown[0].text.includes(">Visit 2</a>"),
      offers: shown[2].text.includes('<option value="called off" selected>'),
      changes: [patched, sent, lower, blank, emptied].map(({ status }) => status),
      now: store.find(visits, 1).date,
    }`,
  )
  expect(result).toEqual({
    shown: [200, 200, 200, 200, 200],
    named: true,
    offers: true,
    changes: [200, 303, 422, 200, 422],
    now: "2026-04-01",
  })
}, 20_000)

test("a select with nothing to choose from leads to the first owner, and back with it", () => {
  const result = served(
    written(clinic),
    `const before = (await ask("GET", "/pets/new")).text
    const link = before.match(/<a href="([^"]+)">Add an owner first</)?.[1]
    const form = (await ask("GET", link)).text
    const action = form.match(/action="([^"]+)"/)[1]
    const refused = await send(action, { name: "" })
    const saved = await send(action, { name: "Ada" })
    const after = (await ask("GET", saved.to)).text
    const strange = await send("/owners?_for=pets.name", { name: "Grace" })
    result = {
      link,
      keptAction: refused.text.includes(action),
      to: saved.to,
      chosen: after.includes('<option value="1" selected>Ada</option>'),
      hintIsGone: !after.includes("Add an owner first"),
      strange: strange.to,
    }`,
  )
  expect(result).toEqual({
    link: "/owners/new?_for=pets.owner",
    keptAction: true,
    to: "/pets/new?owner=1",
    chosen: true,
    hintIsGone: true,
    strange: "/owners",
  })
}, 20_000)

test("what a started app says is its name and its port, not an address", () => {
  const said = run(
    written(clinic),
    `process.env.PORT = "0"
     const write = process.stdout.write.bind(process.stdout)
     process.stdout.write = (text) => (write(text), process.exit())
     await import("./server.js")`,
  )
  expect(said).toMatch(/^Vet clinic listens on port \d+\n$/)
}, 20_000)

test("a record that others need says which before it is deleted, and goes once they are gone", () => {
  const result = served(
    written(clinic),
    `await ask("POST", "/api/owners", { name: "Ada" })
    await ask("POST", "/api/pets", { name: "Rex", owner: 1, weight: 3.5 })
    const owner = (await ask("GET", "/owners/1")).text
    const question = (await ask("GET", "/owners/1/delete")).text
    const refused = [await ask("DELETE", "/api/owners/1"), await send("/owners/1/delete", {})]
    await ask("DELETE", "/api/pets/1")
    const after = (await ask("GET", "/owners/1/delete")).text
    const gone = await send("/owners/1/delete", {})
    result = {
      tells: /Rex<.*3\\.5.* kg/s.test(owner),
      names: question.includes('<a href="/pets?owner=1">1 pet</a>'),
      offers: [question, after].map((page) => page.includes('<form method="post"')),
      refused: refused.map(({ status }) => status),
      gone: gone.status,
      left: store.find(spec.entities[0], 1) ?? null,
    }`,
  )
  expect(result).toEqual({
    tells: true,
    names: true,
    offers: [false, true],
    refused: [409, 409],
    gone: 303,
    left: null,
  })
}, 20_000)
