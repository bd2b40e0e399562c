/** What did not come along, a sentence each; many are folded. */
export function LeftOut({ sentences }: { sentences: readonly string[] }) {
  const list = (
    <ul className="grid list-disc gap-1 pt-1 pl-4">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
  if (sentences.length <= 4) return list
  return (
    <details>
      <summary className="cursor-pointer">{sentences.length} things were left out</summary>
      {list}
    </details>
  )
}
