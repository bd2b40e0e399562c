import type { NextConfig } from "next"

const config: NextConfig = {
  poweredByHeader: false,
  // Where `npm run dev` is looked at, if not on this computer.
  allowedDevOrigins: process.env.DEV_HOST ? [process.env.DEV_HOST] : [],
  // Types are checked by `npm run check`, apart from the build.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // A build begins from nothing and is kept whole: a cache would only make it larger.
  webpack(webpack, { dev }) {
    if (!dev) webpack.cache = false
    return webpack
  },
}

export default config
