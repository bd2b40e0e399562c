import { compiler } from "markdown-to-jsx"
import { type ComponentProps, createElement, type ReactNode } from "react"
import { slugOf, withLinks } from "../shared/titles.ts"

interface MarkdownProps {
  text: string
  /** which pages are written; all of them when absent */
  isThere?: (slug: string) => boolean
}

/** Markdown as the page shows it. HTML in it is text, and links lead to the web or to pages. */
export function Markdown({ text, isThere = () => true }: MarkdownProps): ReactNode {
  return compiler(withLinks(text, isThere), {
    ...{ disableParsingRawHTML: true, forceBlock: true, wrapper: "div" },
    // The page's own title is the only one of the first rank.
    overrides: { a: { component: Anchor }, ...lowered },
    // Names of headings never meet those of the page's own parts.
    slugify: (title) => `in-${slugOf(title)}`,
  })
}

const lowered = Object.fromEntries(
  [1, 2, 3, 4, 5].map((rank) => [`h${rank}`, { component: `h${rank + 1}` }]),
)

function Anchor(props: ComponentProps<"a">): ReactNode {
  const { href = "" } = props
  if (href.startsWith("/new?"))
    return createElement("a", { ...props, className: "missing", title: "Not written yet" })
  return createElement("a", href.startsWith("/") ? props : { ...props, rel: "noopener nofollow" })
}
