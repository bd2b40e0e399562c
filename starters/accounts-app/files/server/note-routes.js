import { doorPage } from "../pages/door.js"
import { notePage } from "../pages/note.js"
import { notesPage } from "../pages/notes.js"
import { exampleView } from "./example.js"
import { Refusal, readForm, redirect, sendPage } from "./http.js"
import { secretOf, signedIn } from "./sessions.js"

export function noteRoutes(app) {
  return {
    "GET /": (asked) => showHome(app, asked),
    "GET /example": ({ response }) => sendPage(response, notesPage(app.settings, exampleView())),
    "GET /notes/new": signedIn(app, (_, asked) => showNote(app, asked, { note: {} })),
    "POST /notes": signedIn(app, add),
    "GET /notes/:id": signedIn(app, ({ notes }, asked) =>
      showNote(app, asked, { note: notes.find(asked.account, Number(asked.params.id)) }),
    ),
    "POST /notes/:id": signedIn(app, save),
    "POST /notes/:id/pin": signedIn(app, pin),
    "POST /notes/:id/delete": signedIn(app, remove),
  }
}

/** Who is not signed in sees what this is and can sign up; the others see their notes. */
function showHome({ settings, accounts, notes }, { request, response, query }) {
  const account = accounts.bySecret(secretOf(request))
  if (!account) return sendPage(response, doorPage(settings, { kind: "up" }))
  const search = (query.get("q") ?? "").trim().slice(0, 80)
  const view = { account, search, notes: notes.list(account, search), count: notes.count(account) }
  sendPage(response, notesPage(settings, view))
}

const showNote = ({ settings }, { response, account }, view) =>
  sendPage(response, notePage(settings, { account, ...view }), {
    status: view.problem?.status ?? 200,
  })

const readNote = async (request) => Object.fromEntries(await readForm(request, 256 * 1024))

async function add(app, asked) {
  const given = await readNote(asked.request)
  await orShow(app, { asked, given }, () => {
    app.notes.add(asked.account, given)
    redirect(asked.response, "/")
  })
}

async function save(app, asked) {
  const id = Number(asked.params.id)
  const given = await readNote(asked.request)
  await orShow(app, { asked, id, given }, () => {
    app.notes.save(asked.account, id, given)
    redirect(asked.response, "/")
  })
}

/** A note that could not be saved comes back as it was typed. */
async function orShow(app, { asked, id, given }, act) {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error
    const version = id && app.notes.find(asked.account, id).version
    showNote(app, asked, { note: { ...given, id, version }, problem: error })
  }
}

function pin({ notes }, { response, account, params }) {
  notes.pin(account, Number(params.id))
  redirect(response, "/")
}

function remove({ notes }, { response, account, params }) {
  notes.remove(account, Number(params.id))
  redirect(response, "/")
}
