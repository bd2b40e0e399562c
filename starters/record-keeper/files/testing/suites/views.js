// Every view of every list of app.json: it shows what it should, and nothing else.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { fieldNamed, readSpec, viewsOf } from "../../server/spec.js"
import { dayFromNow, recordMaker } from "../samples.js"
import { startApp } from "../start-app.js"

const spec = readSpec()
let app
let fresh
let make
before(async () => {
  ;[app, fresh] = await Promise.all([startApp(), startApp()])
  make = recordMaker(app, spec)
})
after(() => Promise.all([app.stop(), fresh.stop()]))

for (const entity of spec.entities) {
  test(`${entity.plural}: an example is shown in each view, and nothing of it is kept`, async () => {
    for (const view of viewsOf(entity)) {
      const page = await fresh.page(`/-/example/${entity.plural}?_view=${view.name}`)
      assert.match(page, /<main id="content" inert>/)
      assert.ok(
        page.includes(`href="/${entity.plural}/1"`) || view.filter || view.kind === "calendar",
      )
    }
    assert.equal((await fresh.api("GET", `/api/${entity.plural}`)).body.total, 0)
    assert.equal((await fresh.api("GET", "/-/example/nothing")).status, 404)
  })

  const addressOf = (view, more = {}) => {
    const name = entity.views ? { _view: view.name } : {}
    return `/${entity.plural}?${new URLSearchParams({ ...name, _limit: "200", _sort: "", ...more })}`
  }
  // above the records there may be a suggestion, which follows no filter
  const shows = async (page, id) =>
    (await page).split('id="records"')[1].includes(`href="/${entity.plural}/${id}"`)

  for (const view of viewsOf(entity)) {
    const inView = (more = {}) => make.added(entity, { ...matching(entity, view), ...more })
    const named = `${entity.plural}, ${view.label}`

    test(`${named}: an empty list says so`, async () => {
      const { status, text } = await fresh.api("GET", addressOf(view))
      assert.equal(status, 200)
      assert.match(text, /class="empty/)
    })

    test(`${named}: a record is shown`, async () => {
      const { id, ...record } = await inView()
      const month = view.kind === "calendar" ? { _month: record[view.by].slice(0, 7) } : {}
      assert.ok(await shows(app.page(addressOf(view, month)), id))
    })

    const unlike = notMatching(entity, view)
    if (unlike) {
      test(`${named}: a record that its filter leaves out is not shown`, async () => {
        const { id, ...record } = await inView(unlike)
        const at = view.kind === "calendar" ? record[view.by] : undefined
        const month = at ? { _month: at.slice(0, 7) } : {}
        assert.ok(!(await shows(app.page(addressOf(view, month)), id)))
      })
      test(`${named}: the table to download has what the view shows, named or first`, async () => {
        const [kept, left] = [await inView(), await inView(unlike)]
        const isFirst = view === viewsOf(entity)[0]
        for (const address of [addressOf(view), ...(isFirst ? [`/${entity.plural}`] : [])]) {
          const [, link] = (await app.page(address)).match(/href="(\/api\/[^"]*\.csv[^"]*)"/)
          const { text } = await app.api("GET", link.replaceAll("&amp;", "&"))
          const rows = text.trimEnd().split("\r\n").length - 1
          const list = `/api/${entity.plural}?_view=${view.name}`
          assert.equal(rows, (await app.api("GET", list)).body.total)
          const all = (await app.api("GET", `/api/${entity.plural}`)).body.total
          assert.ok(kept.id !== left.id && rows < all)
        }
      })
    }

    if (view.kind === "board") testBoard({ entity, view, named, addressOf, inView })
    if (view.kind === "calendar") testCalendar({ entity, view, named, addressOf, inView, shows })
    if (view.counts) testCounts({ entity, view, named, addressOf, inView })
  }
}

function testBoard({ entity, view, named, addressOf, inView }) {
  const by = fieldNamed(entity, view.by)
  const columnWith = (page, id) =>
    page.split("<section").find((part) => part.includes(`data-id="${id}"`))
  for (const value of by.choices) {
    test(`${named}: a record stands in the column ${value}, and can be moved there`, async () => {
      const isColumn = (text) => text.includes(`aria-label="${escaped(value)}"`)
      const { id } = await inView({ [by.name]: value })
      assert.ok(isColumn(columnWith(await app.page(addressOf(view)), id)))
      const other = by.choices.find((each) => each !== value) ?? value
      const moved = await inView({ [by.name]: other })
      const answer = await app.send(`/${entity.plural}/${moved.id}/set/${by.name}`, { value })
      assert.equal(answer.status, 303)
      assert.ok(isColumn(columnWith(await app.page(addressOf(view)), moved.id)))
    })
  }
  test(`${named}: a record is not moved to a column that is not there`, async () => {
    const { id } = await inView()
    const answer = await app.send(`/${entity.plural}/${id}/set/${by.name}`, {
      value: "nowhere at all",
    })
    assert.equal(answer.status, 422)
  })
}

function testCalendar({ entity, view, named, addressOf, inView, shows }) {
  test(`${named}: a record stands at its day, and not in another month`, async () => {
    const { id, ...record } = await inView()
    const day = record[view.by].slice(0, 10)
    const page = await app.page(addressOf(view, { _month: day.slice(0, 7) }))
    const cell = page.split("<time").find((part) => part.startsWith(` datetime="${day}"`))
    assert.ok(cell.includes(`href="/${entity.plural}/${id}"`))
    assert.ok(!(await shows(app.page(addressOf(view, { _month: "1999-05" })), id)))
  })
}

function testCounts({ entity, view, named, addressOf, inView }) {
  const field = fieldNamed(entity, view.counts)
  test(`${named}: says how many records have each ${field.name}`, async () => {
    await inView()
    const page = await app.page(addressOf(view))
    const [, chips] = page.match(/<nav class="counts"[^>]*>(.*?)<\/nav>/s)
    const told = [...chips.matchAll(/<b>(\d+)<\/b>/g)].map(([, count]) => Number(count))
    const filter = Object.fromEntries((view.filter ?? []).map(({ field: name, is }) => [name, is]))
    const counted = field.choices.map(async (value) => {
      if (filter[field.name] && filter[field.name] !== value) return 0
      const query = new URLSearchParams({ ...filter, [field.name]: value })
      return (await app.api("GET", `/api/${entity.plural}?${query}`)).body.total
    })
    assert.deepEqual(told, await Promise.all(counted))
  })
}

const days = { overdue: -2, past: -2, today: 0, week: 3, month: 0, later: 5 }

/** Values that a view's filter lets through. */
function matching(entity, view) {
  const pairs = (view.filter ?? []).map(({ field: name, is }) => {
    const { type } = fieldNamed(entity, name)
    return [name, valueLike(type, is)]
  })
  const closes = entity.fields.find(({ type, closes: ends }) => type === "flag" && ends)
  const isLate = (view.filter ?? []).some(({ is }) => is === "overdue")
  return { ...(closes && isLate ? { [closes.name]: false } : {}), ...Object.fromEntries(pairs) }
}

function valueLike(type, is) {
  if (type === "flag") return is === "yes"
  if (["whole_number", "decimal", "money", "rating", "reference"].includes(type)) return Number(is)
  if (type !== "date" && type !== "datetime") return is
  if (is === "none") return null
  const day = is in days ? dayFromNow(days[is]) : is
  return type === "datetime" && day.length === 10 ? `${day}T12:00` : day
}

/** Values that it leaves out, where that is easy to say. */
function notMatching(entity, view) {
  for (const { field: name, is } of view.filter ?? []) {
    const field = fieldNamed(entity, name)
    if (field.type === "flag") return { [name]: is !== "yes" }
    const other = field.type === "choice" && field.choices.find((choice) => choice !== is)
    if (other) return { [name]: other }
    const isEarly = ["none", "overdue", "past"].includes(is)
    if (field.type === "date") return { [name]: isEarly ? dayFromNow(5) : "1999-05-05" }
  }
  return undefined
}

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
