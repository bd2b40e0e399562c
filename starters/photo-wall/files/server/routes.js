import { errorPage } from "../pages/error.js"
import { ownerPage } from "../pages/owner.js"
import { photoPage } from "../pages/photo.js"
import { wallPage } from "../pages/wall.js"
import { answerFile } from "./files.js"
import { Refusal, readForm, redirect, send, sendJson, sendPage } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"
import { upload } from "./upload.js"

export function makeHandler(parts) {
  const says = "Many photos at once. Wait a few minutes, then go on."
  const app = { ...parts, uploads: makeLimiter({ most: 40, withinMs: 10 * 60_000, says }) }
  const theme = themeCss(app.settings.accent, { light: "#fafafa", dark: "#161616" })
  return makeRouter(
    {
      "GET /": (asked) => showWall(app, asked, {}),
      "POST /photos": (asked) => upload(app, asked, showWall),
      "GET /photos/:id": (asked) => showPhoto(app, asked),
      "GET /images/:id": (asked) => sendImage(app, asked),
      ...ownerRoutes(app),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(app.settings, failure),
  )
}

function showWall(app, { request, response, query }, { form, problem }) {
  const isOwner = app.owner.asks(request)
  const waits = query.get("sent") === "waits"
  const view = { isOwner, form, problem, waits, photos: app.photos.list(isOwner) }
  sendPage(response, wallPage(app, view), { status: problem?.status ?? 200 })
}

function showPhoto(app, { request, response, params }) {
  const isOwner = app.owner.asks(request)
  const photo = app.photos.find(params.id, isOwner)
  sendPage(response, photoPage(app, { photo, isOwner, ...app.photos.around(photo, isOwner) }))
}

/** The bytes under an address that never has others; a script in them could do nothing. */
function sendImage({ photos, owner }, { request, response, params }) {
  const photo = photos.find(params.id.replace(/\.[a-z]+$/, ""), owner.asks(request))
  send(response, {
    status: 200,
    type: photo.type,
    body: photos.bytesOf(photo),
    headers: {
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": photo.approved ? "private, max-age=86400, immutable" : "no-store",
    },
  })
}

function ownerRoutes(app) {
  const { owner, photos } = app
  const only = (act) => async (asked) => {
    if (!owner.asks(asked.request)) throw new Refusal(403, "Only the owner can do that.")
    photos.find(asked.params.id, true)
    redirect(asked.response, (await act(asked)) ?? "/")
  }
  return {
    "GET /owner/sign-in": ({ request, response }) =>
      owner.asks(request) ? redirect(response, "/") : sendPage(response, ownerPage(app, {})),
    "POST /owner/sign-in": (asked) => signIn(app, asked),
    "POST /owner/sign-out": ({ request, response }) =>
      redirect(response, "/", owner.leave(request)),
    "POST /photos/:id/approve": only(({ params }) => void photos.approve(params.id)),
    "POST /photos/:id/delete": only(({ params }) => void photos.remove(params.id)),
    "POST /photos/:id/caption": only(async ({ request, params }) => {
      photos.describe(params.id, (await readForm(request)).get("caption"))
      return `/photos/${params.id}`
    }),
  }
}

async function signIn(app, { request, response }) {
  const form = Object.fromEntries(await readForm(request))
  try {
    redirect(response, "/", await app.owner.enter(request, form))
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    sendPage(response, ownerPage(app, { code: form.code, problem }), { status: problem.status })
  }
}
