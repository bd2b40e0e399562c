"use client"
import { CrashPage } from "../shell/crash-page.tsx"

interface ErrorPageProps {
  error: Error & { digest?: string }
  reset: () => void
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return <CrashPage digest={error.digest} onRetry={reset} />
}
