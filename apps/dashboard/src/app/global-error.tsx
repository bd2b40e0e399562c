"use client"
import { CrashPage } from "../shell/crash-page.tsx"
import "../ui/base.css"

interface GlobalErrorProps {
  error: Error & { digest?: string }
  reset: () => void
}

export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Page error · VibeCaaS</title>
        <CrashPage digest={error.digest} onRetry={reset} />
      </body>
    </html>
  )
}
