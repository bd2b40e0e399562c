import Link from "next/link"

export const metadata = { title: "Not found" }

export default function NotFound() {
  return (
    <>
      <h1>Not found</h1>
      <p>There is no page at this address.</p>
      <Link href="/" className="button">
        To the first page
      </Link>
    </>
  )
}
