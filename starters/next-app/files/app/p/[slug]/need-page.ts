import { notFound } from "next/navigation"
import { ownWiki } from "../../../server/own-wiki.ts"
import type { Page } from "../../../server/wiki.ts"

export interface PageProps {
  params: Promise<{ slug: string }>
}

/** The page of an address; the answer is 404 where there is none. */
export async function needPage(params: PageProps["params"]): Promise<Page> {
  return ownWiki().find((await params).slug) ?? notFound()
}
