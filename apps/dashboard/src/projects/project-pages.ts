import { pages } from "../kinds.ts"
import { pagesBelow } from "../shell/pages.ts"

/** The pages of a project, as its tabs and the palette list them. */
export const projectPages = pagesBelow(pages, "/projects/{projectId}")
