/** "+2 −1": lines added and removed. */
export function LineCounts({ added, removed }: { added: number | null; removed: number | null }) {
  return (
    <span className="text-12 whitespace-nowrap tabular-nums">
      {added ? <span className="text-ok-fg">+{added}</span> : null}
      {added && removed ? " " : null}
      {removed ? <span className="text-bad-fg">−{removed}</span> : null}
    </span>
  )
}
