import Link from "next/link"
import type { Listed } from "../server/wiki.ts"

/** When something happened, as people say it; the exact time is in the title. */
export function When({ at }: { at: string }) {
  const said = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" })
  return (
    <time dateTime={at} title={`${at.slice(0, 16).replace("T", " ")} UTC`}>
      {said.format(new Date(at))}
    </time>
  )
}

export function By({ author }: { author: string }) {
  return author === "" ? null : <> by {author}</>
}

export function PageList({
  pages,
  details = false,
}: {
  pages: readonly Listed[]
  details?: boolean
}) {
  return (
    <ul className="pages">
      {pages.map(({ slug, title, author, changedAt }) => (
        <li key={slug}>
          <Link href={`/p/${slug}`}>{title}</Link>
          {details && (
            <span className="detail">
              <When at={changedAt} />
              <By author={author} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
