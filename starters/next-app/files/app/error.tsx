"use client"

export default function Failed({ reset }: { reset(): void }) {
  return (
    <div role="alert">
      <h1>That did not work</h1>
      <p>Nothing was lost. Try again.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </div>
  )
}
