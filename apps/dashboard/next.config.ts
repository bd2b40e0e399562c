import { resolve } from "node:path"
import type { NextConfig } from "next"

const repository = resolve(import.meta.dirname, "../..")

const config: NextConfig = {
  transpilePackages: ["@vibecaas/contract"],
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  poweredByHeader: false,
  // The optimizer fetches addresses; no page needs it.
  images: { unoptimized: true, maximumDiskCacheSize: 0 },
  // `bin/check` checks types; a second check here would only slow the start.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: {
    optimizePackageImports: ["radix-ui"],
    // The server's user may not write where the pages were built.
    isrFlushToDisk: false,
  },
}

export default config
