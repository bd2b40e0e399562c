// Who may see and change what: every list of app.json, asked by a visitor, somebody with an account, and
// the owner.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { needsAccounts, takesMembers } from "../../server/access.js"
import { readSpec, relationsTo, titleField } from "../../server/spec.js"
import { recordMaker } from "../samples.js"
import { startApp } from "../start-app.js"

const spec = readSpec()
const ranks = { everybody: 0, signed_in: 1, owner: 2 }
let app
let make
let people
before(async () => {
  app = await startApp()
  make = recordMaker(app, spec)
  people = [{ rank: 0, ...app.visitor }]
  if (takesMembers(spec)) {
    const member = await app.enter("sign-up", { name: "Mia", password: app.password })
    people.push({ rank: 1, ...app.as(member.cookie) })
  }
  if (needsAccounts(spec)) people.push({ rank: 2, ...app.as(app.owner) })
})
after(() => app.stop())

for (const entity of spec.entities) {
  const list = `/api/${entity.plural}`
  const { read, write } = entity.access ?? { read: "everybody", write: "everybody" }
  const refusal = ({ rank }) => (rank === 0 ? 401 : 403)

  test(`${entity.plural}: ${read} may see, ${write} may write`, async () => {
    for (const person of people) {
      const { id } = await make.added(entity)
      const mayRead = person.rank >= ranks[read]
      const mayWrite = person.rank >= ranks[write]
      const mayChange = mayRead && mayWrite
      const is = async (method, path, body) => (await person.api(method, path, body)).status
      const no = refusal(person)
      assert.equal(await is("GET", list), mayRead ? 200 : no)
      assert.equal(await is("GET", `${list}/${id}`), mayRead ? 200 : no)
      assert.equal(await is("PATCH", `${list}/${id}`, {}), mayChange ? 200 : no)
      const answer = await person.api("POST", list, { no_such_field: 1 })
      assert.equal(answer.status, mayWrite ? 422 : no)
      const page = no === 401 ? 303 : 403
      const seen = mayRead ? 200 : mayWrite ? 303 : page
      assert.equal(await is("GET", `/${entity.plural}`), seen)
      assert.equal(await is("GET", `/${entity.plural}/${id}`), mayRead ? 200 : page)
      assert.equal(await is("GET", `/${entity.plural}/${id}/edit`), mayChange ? 200 : page)
      assert.equal(await is("GET", `/${entity.plural}/new`), mayWrite ? 200 : page)
      const { status } = await person.send(`/${entity.plural}/${id}/delete`, {})
      assert.equal(status, mayChange ? 303 : no)
      assert.equal((await app.api("GET", `${list}/${id}`)).status, mayChange ? 404 : 200)
      const { body } = await person.api("GET", "/api")
      assert.equal(
        body.lists.some(({ url }) => url === list),
        mayRead,
      )
    }
  })

  for (const { entity: other, field } of relationsTo(spec, entity)) {
    test(`${other.plural} do not tell who may not see ${entity.plural} what they are called`, async () => {
      const title = titleField(entity)
      if (title.type !== "text") return
      const target = await make.added(entity, { [title.name]: "Kept quiet 7391" })
      const value = field.type === "references" ? [target.id] : target.id
      const { id } = await make.added(other, { [field.name]: value })
      for (const person of people) {
        if (person.rank < ranks[other.access?.read ?? "everybody"]) continue
        const told = (await person.page(`/${other.plural}/${id}`)).includes("Kept quiet 7391")
        assert.equal(told, person.rank >= ranks[read])
      }
    })
  }
}

if (!needsAccounts(spec)) {
  test("an app that is for everybody has no accounts", async () => {
    assert.equal(app.code, undefined)
    for (const way of ["owner", "sign-in", "sign-up"])
      assert.equal((await app.api("GET", `/-/${way}`)).status, 404)
  })
} else {
  test("the owner is made once, with the code from the log", async () => {
    const again = { code: app.code, name: "Eve", password: app.password }
    assert.equal((await app.enter("owner", again)).status, 409)
    const fresh = await startApp()
    assert.match(fresh.code, /^\w{10}$/)
    assert.ok(fresh.owner)
    await fresh.stop()
  })

  test("the first page leads whoever may see nothing to the way in", async () => {
    const { status, headers } = await app.visitor.api("GET", "/")
    const some = spec.entities.some(({ access }) => !access || access.read === "everybody")
    const add = spec.entities.some(({ access }) => access?.write === "everybody")
    assert.equal(status, some ? 200 : 303)
    if (!some && !add) assert.match(headers.get("location"), /^\/-\/sign-in\?next=/)
  })

  test("a wrong password lets nobody in, the right one does, and signing out ends it", async () => {
    const wrong = await app.enter("sign-in", { name: "Olga Owner", password: "not it at all" })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.cookie, undefined)
    const right = await app.enter("sign-in", { name: "olga owner", password: app.password })
    assert.equal(right.status, 303)
    const olga = app.as(right.cookie)
    assert.match(await olga.page("/"), /Olga Owner/)
    await olga.send("/-/sign-out", {})
    assert.doesNotMatch(await olga.page("/-/sign-in"), /Olga Owner/)
  })

  test("accounts and sessions live through a restart", async () => {
    await app.restart()
    assert.match(await app.page("/"), /Olga Owner/)
  })

  test("a cookie cannot be read by scripts, and works in a frame behind https", async () => {
    const form = String(new URLSearchParams({ name: "Olga Owner", password: app.password }))
    const type = { "content-type": "application/x-www-form-urlencoded" }
    const cookie = async (more) =>
      (await app.visitor.api("POST", "/-/sign-in", form, { ...type, ...more })).headers.get(
        "set-cookie",
      )
    assert.match(await cookie({}), /HttpOnly; SameSite=Lax/)
    assert.match(
      await cookie({ "x-forwarded-proto": "https" }),
      /SameSite=None; Secure; Partitioned/,
    )
  })

  test("signing in leads to no other site", async () => {
    const values = { name: "Olga Owner", password: app.password }
    const to = async (next) => {
      const answer = await app.visitor.send(`/-/sign-in?${new URLSearchParams({ next })}`, values)
      return answer.headers.get("location")
    }
    assert.equal(await to("//elsewhere.example"), "/")
    assert.equal(await to("/\\elsewhere.example"), "/")
    assert.equal(await to(`/${spec.entities[0].plural}`), `/${spec.entities[0].plural}`)
  })

  test("after some wrong passwords a name waits", async () => {
    const tries = []
    for (let number = 0; number < 6; number++)
      tries.push((await app.enter("sign-in", { name: "Nobody", password: "guess" })).status)
    assert.deepEqual(tries, [422, 422, 422, 422, 422, 429])
  })

  test("only an app that has something for people with accounts takes new ones", async () => {
    const { status, cookie } = await app.enter("sign-up", { name: "Nora", password: app.password })
    assert.equal(status, takesMembers(spec) ? 303 : 404)
    assert.equal(cookie !== undefined, takesMembers(spec))
    if (!takesMembers(spec)) return
    const short = await app.enter("sign-up", { name: "Sam", password: "short" })
    assert.equal(short.status, 422)
    const taken = await app.enter("sign-up", { name: "nora", password: app.password })
    assert.equal(taken.status, 409)
  })
}
