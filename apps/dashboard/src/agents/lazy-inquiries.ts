"use client"
import dynamic from "next/dynamic"

/** What the run asks now, with the form for it: most runs ask nothing. */
export const LazyInquiries = dynamic(
  () => import("./inquiries.tsx").then((module) => module.Inquiries),
  { ssr: false },
)
