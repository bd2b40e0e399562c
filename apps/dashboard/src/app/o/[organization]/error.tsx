"use client"
import { CrashInside } from "../../../shell/crash-page.tsx"

interface ErrorPageProps {
  error: Error & { digest?: string }
  reset: () => void
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return <CrashInside digest={error.digest} onRetry={reset} />
}
