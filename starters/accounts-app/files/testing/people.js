// People who sign up and use the app, each in a browser and from an address of their own.
import { readSettings } from "../server/settings.js"

const settings = readSettings()
/** A password that fits whatever length the settings ask for. */
export const password = "correct horse battery".padEnd(settings.passwordLength, "!")
let count = 0

const cookieOf = ({ headers }) => headers.getSetCookie()[0]?.split(";")[0]

export async function newPerson(app, name = `person${++count}`) {
  const email = `${name}@example.org`
  const headers = { "x-forwarded-for": `10.2.${++count % 250}.1` }
  const form = { email, password, code: settings.signUpCode }
  const answer = await app.post("/sign-up", form, headers)
  return { ...browserOf(app, { ...headers, cookie: cookieOf(answer) }), email, answer }
}

export async function signIn(app, email, given = password) {
  const headers = { "x-forwarded-for": `10.3.${++count % 250}.1` }
  const answer = await app.post("/sign-in", { email, password: given }, headers)
  return { ...browserOf(app, { ...headers, cookie: cookieOf(answer) }), answer }
}

function browserOf(app, headers) {
  const page = async (path) => (await app.ask("GET", path, { headers })).text
  return {
    headers,
    page,
    get: (path) => app.ask("GET", path, { headers }),
    post: (path, form = {}) => app.post(path, form, headers),
    /** Writes a note and answers its id. */
    async note(title, text = "", more = {}) {
      const answer = await app.post("/notes", { title, text, ...more }, headers)
      if (answer.status !== 303) throw new Error(answer.text)
      const ids = [...(await page("/")).matchAll(/href="\/notes\/(\d+)"/g)].map(([, id]) =>
        Number(id),
      )
      return Math.max(...ids)
    },
  }
}
