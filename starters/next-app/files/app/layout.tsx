import type { Metadata } from "next"
import Link from "next/link"
import type { ReactNode } from "react"
import { settings } from "../server/settings.ts"
import "./base.css"
import "./wiki.css"

/** Every page is made when it is asked for, from what was written last. */
export const dynamic = "force-dynamic"

export function generateMetadata(): Metadata {
  const { title, welcome } = settings()
  return {
    title: { default: title, template: `%s · ${title}` },
    description: welcome,
    icons: { icon: "/icon.svg" },
  }
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <link rel="stylesheet" href="/theme.css" precedence="theme" />
      </head>
      <body>
        <a className="skip" href="#content">
          To the content
        </a>
        <header className="top">
          <div className="top-inside">
            <Link href="/" className="brand">
              <Mark />
              {settings().title}
            </Link>
            <search>
              <form action="/search">
                <input
                  type="search"
                  name="q"
                  aria-label="Search"
                  placeholder="Search"
                  maxLength={200}
                />
              </form>
            </search>
            <Link href="/new" className="button quiet">
              New page
            </Link>
          </div>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  )
}

function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="mark">
      <path d="M4 5.5C6.5 4 9.5 4 12 6c2.5-2 5.500-2 8-.5v13c-2.500-1.500-5.500-1.500-8 .5-2.500-2-5.500-2-8-.5z" />
      <path d="M12 6v13" />
    </svg>
  )
}
