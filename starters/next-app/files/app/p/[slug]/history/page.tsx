import Link from "next/link"
import { By, When } from "../../../../components/page-list.tsx"
import { ownWiki } from "../../../../server/own-wiki.ts"
import { needPage, type PageProps } from "../need-page.ts"

export const metadata = { title: "History" }

export default async function History({ params }: PageProps) {
  const { slug, title } = await needPage(params)
  return (
    <>
      <p className="crumb">
        <Link href={`/p/${slug}`}>{title}</Link>
      </p>
      <h1>History</h1>
      <ul className="pages versions">
        {ownWiki()
          .versions(slug)
          .map((each) => (
            <li key={each.version}>
              <Link href={`/p/${slug}/history/${each.version}`}>Version {each.version}</Link>
              <span className="detail">
                <When at={each.at} />
                <By author={each.author} />
              </span>
            </li>
          ))}
      </ul>
    </>
  )
}
