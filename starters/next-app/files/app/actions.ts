"use server"
// What changes the wiki. Next calls these for forms of this site only.
import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { ownWiki } from "../server/own-wiki.ts"
import { settings } from "../server/settings.ts"
import type { Draft, Errors } from "../server/wiki.ts"

/** What the form shows again when nothing was saved. */
export interface FormState {
  errors: Errors
  /** what somebody else saved meanwhile, and its version */
  theirs: { text: string; version: number; author: string } | null
}

const nameCookie = "name"
const yearSeconds = 31_536_000

export async function savePage(_: FormState, form: FormData): Promise<FormState> {
  const draft = await draftOf(form)
  const slug = textOf(form, "slug")
  const before = slug === "" ? undefined : { slug, version: Number(textOf(form, "version")) }
  const saved = ownWiki().save(draft, before)
  if (saved.is === "wrong") return { errors: saved.errors, theirs: null }
  if (saved.is === "changed") {
    const { text, version, author } = saved.now
    return { errors: {}, theirs: { text, version, author } }
  }
  await rememberName(draft.author)
  redirect(`/p/${saved.slug}`)
}

export async function restoreVersion(form: FormData): Promise<void> {
  const slug = textOf(form, "slug")
  ownWiki().restore(slug, Number(textOf(form, "version")), await knownName())
  redirect(`/p/${encodeURIComponent(slug)}`)
}

export async function removePage(form: FormData): Promise<void> {
  ownWiki().remove(textOf(form, "slug"))
  redirect("/")
}

/** The name that this browser wrote with last. */
export async function knownName(): Promise<string> {
  if (!settings().askName) return ""
  return (await cookies()).get(nameCookie)?.value.slice(0, 60) ?? ""
}

async function draftOf(form: FormData): Promise<Draft> {
  const author = settings().askName ? textOf(form, "author") : ""
  return {
    ...{ title: textOf(form, "title"), section: textOf(form, "section"), author },
    text: textOf(form, "text"),
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === "string" ? value : ""
}

async function rememberName(name: string): Promise<void> {
  if (!settings().askName) return
  const around = { httpOnly: true, sameSite: "lax", path: "/", maxAge: yearSeconds } as const
  ;(await cookies()).set(nameCookie, name, around)
}
