import { cn } from "../ui/cn.ts"
import type { Picture } from "./pictures-of.ts"

/** Screenshots side by side, each opened whole by a click. */
export function Pictures({ pictures }: { pictures: readonly Picture[] }) {
  if (pictures.length === 0) return null
  return (
    <ul aria-label="Screenshots" className="mt-1 mb-1.5 flex flex-wrap gap-2">
      {pictures.map(({ src, alt, width, height, narrow, caption }) => (
        <li
          key={`${src} ${caption}`}
          className={cn("grid gap-0.5", narrow ? "w-[66px]" : "w-[230px]")}
        >
          <a
            href={src}
            target="_blank"
            rel="noreferrer"
            className="block h-36 overflow-hidden rounded-2 border border-line bg-bg-2"
          >
            <img
              src={src}
              alt={alt}
              width={width}
              height={height}
              loading="lazy"
              className="size-full object-cover object-top"
            />
          </a>
          <span className="text-11 text-fg-3">{caption}</span>
        </li>
      ))}
    </ul>
  )
}
