import { notFound } from "next/navigation"

/** An address of the organization at which there is no page: said within its frame. */
export default function NoPage() {
  notFound()
}
