"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { useToast } from "../ui/toast.tsx"

/** The run whose draft is looked at; none: what visitors see. */
type DraftOf = App["draftOf"]

/** Opens the app in a new tab; a private one, and a draft, by an address that works once. */
export function useOpenPreview(project: Project, draftOf: DraftOf = null, path = "/"): () => void {
  const say = useToast()
  const link = useMutation({ mutationFn: () => previewLink({ project, draftOf, path }) })
  return () => {
    // Opened within the click, or the browser takes it for a pop-up.
    const tab = window.open("about:blank", "_blank")
    if (!tab) {
      return say({
        glyph: "bad",
        title: "The app was not opened",
        detail: "The browser allows no new tab here. Allow pop-ups for this site and try again.",
      })
    }
    tab.opener = null
    if (isOpen(project, draftOf)) {
      tab.location.href = addressAt(project, path)
      return
    }
    link.mutate(undefined, {
      onSuccess: (url) => {
        tab.location.href = url
      },
      onError: (error) => {
        tab.close()
        say({ glyph: "bad", title: "The app was not opened", detail: problemOf(error).detail })
      },
    })
  }
}

/**
 * The address for the frame of the project page: the app's own when it is public, else one that
 * works once and signs this browser in. Asked again with each `load`.
 */
export function usePreviewAddress(
  { load, ...of }: PreviewPlace & { load: number },
  wanted: boolean,
) {
  const { project, draftOf, path } = of
  return useQuery({
    queryKey: ["preview address", project.id, project.preview, draftOf, path, load],
    queryFn: () => previewAddress(of),
    enabled: wanted,
    // A code works once, so an address is never asked for behind the frame's back.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  })
}

/** Whether everybody may look, so that the address is enough. */
const isOpen = ({ preview }: Project, draftOf: DraftOf) => preview === "public" && draftOf === null

export interface PreviewPlace {
  project: Project
  draftOf: DraftOf
  /** a path of the app */
  path: string
}

/** An address by which this browser sees that place; of a private app it works once. */
export async function previewAddress(of: PreviewPlace): Promise<string> {
  return isOpen(of.project, of.draftOf) ? addressAt(of.project, of.path) : previewLink(of)
}

/** Never another host, whatever the path is. */
function addressAt({ previewUrl }: Project, path: string): string {
  const url = new URL(path, previewUrl)
  return url.origin === new URL(previewUrl).origin ? url.href : previewUrl
}

/** longest path that a one-time address leads to */
const returnToMax = 500

async function previewLink({ project, draftOf, path }: PreviewPlace): Promise<string> {
  const { url } = await call("POST /projects/{projectId}/preview-links", {
    params: { projectId: project.id },
    body: {
      ...(draftOf === null ? {} : { draftOf }),
      ...(path === "/" || path.length > returnToMax ? {} : { returnTo: path }),
    },
  })
  return url
}
