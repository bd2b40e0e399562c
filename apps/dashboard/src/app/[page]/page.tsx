import { notFound } from "next/navigation"
import { OnwardPage } from "../../visit/onward-page.tsx"

/** Pages that had no organization in their address. */
const moved = ["activity", "usage", "settings"]

export default async function MovedPage({ params }: { params: Promise<{ page: string }> }) {
  if (!moved.includes((await params).page)) notFound()
  return <OnwardPage />
}
