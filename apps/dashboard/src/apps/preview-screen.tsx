"use client"
import { type RefObject, useEffect, useRef, useState } from "react"
import { cn } from "../ui/cn.ts"
import { Loading, Skeleton } from "../ui/skeleton.tsx"

/** width of the device in `px`, or as wide as there is room */
export type Device = "390" | "820" | "full"

interface ScreenProps {
  address: string | undefined
  device: Device
  load: number
  name: string
}

/** The frame in the size of a device, scaled down where the pane is narrower. */
export function PreviewScreen({ address, device, load, name }: ScreenProps) {
  const stage = useRef<HTMLDivElement>(null)
  const available = useWidth(stage)
  const width = widthOf(device, available)
  const scale = available > 0 ? Math.min(1, available / width) : 1
  const height = heights[device]
  return (
    <div ref={stage} className="flex w-full min-w-0 justify-center">
      <div
        className={cn(
          "overflow-hidden border border-line-2 bg-bg shadow-2",
          device === "full" ? "rounded-3" : "rounded-[20px]",
        )}
        style={{ width: width * scale + edges, height: height * scale + edges }}
      >
        {address ? (
          <iframe
            key={load}
            title={`Preview of ${name}`}
            src={address}
            // The app may be hostile: it gets its own origin, and never the page around it.
            sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-modals allow-downloads"
            referrerPolicy="no-referrer"
            className="block border-0 bg-bg"
            style={{ width, height, ...(scale < 1 ? scaledBy(scale) : {}) }}
          />
        ) : (
          <div className="grid gap-3 p-5">
            <Loading what="preview" />
            <Skeleton className="h-5 w-1/2" />
            <Skeleton className="w-4/5" />
            <Skeleton className="w-3/5" />
          </div>
        )}
      </div>
    </div>
  )
}

/** in `px` of the device */
const heights: Record<Device, number> = { "390": 680, "820": 900, full: 760 }

/** the frame's two borders, in `px` */
const edges = 2

/** A phone is never scaled: on a screen narrower than one, the app gets what there is. */
function widthOf(device: Device, available: number): number {
  if (device === "full") return available
  return device === "390" && available > 0 ? Math.min(390, available) : Number(device)
}

const scaledBy = (scale: number) => ({ transform: `scale(${scale})`, transformOrigin: "0 0" })

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const target = element.current
    if (!target) return
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(0, (entry?.contentRect.width ?? 0) - edges)),
    )
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}
