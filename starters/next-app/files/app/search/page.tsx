import Link from "next/link"
import { ownWiki } from "../../server/own-wiki.ts"

export const metadata = { title: "Search" }

export default async function Search({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { q } = await searchParams
  const words = typeof q === "string" ? q.slice(0, 200) : ""
  const found = ownWiki().search(words)
  return (
    <>
      <h1>Search</h1>
      <p className="detail">
        {words === "" ? "Type what you look for above." : `${found.length} found for “${words}”`}
      </p>
      {found.length > 0 && (
        <ul className="pages found">
          {found.map(({ slug, title, section, excerpt }) => (
            <li key={slug}>
              <Link href={`/p/${slug}`}>{title}</Link>
              <span className="detail">{section}</span>
              <p>{excerpt}</p>
            </li>
          ))}
        </ul>
      )}
      {words !== "" && found.length === 0 && (
        <Link href={`/new?title=${encodeURIComponent(words)}`} className="button">
          Write a page about it
        </Link>
      )}
    </>
  )
}
