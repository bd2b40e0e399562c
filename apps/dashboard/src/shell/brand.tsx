/** The mark and the name of the platform. */
export function Brand() {
  return (
    <span className="flex items-center gap-[9px] text-16 font-semibold tracking-[-0.012em]">
      <BrandMark />
      VibeCaaS
    </span>
  )
}

export function BrandMark() {
  return (
    <svg viewBox="0 0 22 22" aria-hidden="true" className="size-[22px]">
      <rect width="22" height="22" rx="6" fill="var(--fg)" />
      <path
        d="m6 7 5 8 5-8"
        fill="none"
        stroke="var(--bg)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="11" cy="7" r="1.5" fill="var(--bg)" />
    </svg>
  )
}
