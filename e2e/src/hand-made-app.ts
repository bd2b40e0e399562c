import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { App, AppState } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Person } from "./api.ts"

/** An app of ours in place of what agents would build. */
export interface HandMadeApp {
  name: string
  preview: Project["preview"]
  /** path in the project → text */
  files: Record<string, string>
}

/** Makes a project of these files and starts it; does not wait for it to answer. */
export async function putApp(person: Person, app: HandMadeApp): Promise<Project> {
  const project = await person.call("POST /projects", {
    body: { name: app.name, preview: app.preview },
  })
  await commitFiles(person, project.id, app.files)
  return project
}

/** Writes the files in one commit and runs it as the project's app. */
export async function commitFiles(
  person: Person,
  projectId: Project["id"],
  files: Record<string, string>,
): Promise<void> {
  const params = { projectId }
  const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
  await person.call("POST /projects/{projectId}/commits", {
    params,
    body: { message: "By hand", changes },
  })
  await person.call("POST /projects/{projectId}/apps", { params, body: {} })
}

/** Of a project's apps or machines the one at its address, not one of a draft. */
export function liveOf<Item extends Pick<App, "purpose">>(
  items: readonly Item[],
): Item | undefined {
  return items.find(({ purpose }) => purpose === "live")
}

/** Waits until the app of a project is in this state; fails with what it is in instead. */
export async function untilApp(
  person: Person,
  projectId: Project["id"],
  is: (app: App) => boolean,
): Promise<App> {
  let seen: AppState | "not there" = "not there"
  for (let tries = 0; tries < 480; tries++) {
    const { items } = await person.call("GET /projects/{projectId}/apps", { params: { projectId } })
    const app = liveOf(items)
    if (app && is(app)) return app
    seen = app?.state ?? seen
    await sleep(250)
  }
  throw new Error(`the app stayed ${seen}`)
}

/**
 * The app in `apps/hostile`, whose page tries what a stranger's page must not get.
 *
 * @param target origin of the dashboard, and the name of its session cookie
 */
export async function hostileApp(target: {
  dashboard: string
  session: string
}): Promise<HandMadeApp> {
  const folder = join(import.meta.dirname, "apps/hostile")
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))
  return {
    name: "Visitor book",
    preview: "private",
    files: {
      ...Object.fromEntries(names.map((name, at) => [name, texts[at] ?? ""])),
      "target.json": JSON.stringify(target),
    },
  }
}
