const { existsSync } = require("node:fs")
const { join } = require("node:path")
const { defineConfig } = require("@medusajs/framework/utils")

function need(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const origin = need("STORE_URL")
const admin = need("ADMIN_URL")
/** Its screens are there where they were built with the install. */
const hasScreens = existsSync(join(process.cwd(), "public/admin/index.html"))

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: need("DATABASE_URL"),
    databaseDriverOptions: { connection: { ssl: false } },
    // By default a session needs https, which a platform for one machine does not speak.
    cookieOptions: { secure: admin.startsWith("https:"), sameSite: "lax" },
    http: {
      // The storefront is on the shop's own origin, the admin screens on theirs: nobody else asks.
      storeCors: origin,
      adminCors: admin,
      authCors: `${origin},${admin}`,
      jwtSecret: need("JWT_SECRET"),
      cookieSecret: need("COOKIE_SECRET"),
    },
  },
  admin: { disable: !hasScreens, backendUrl: "/" },
  modules: [
    {
      resolve: "@medusajs/medusa/file",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/file-local",
            id: "local",
            options: { upload_dir: "static", backend_url: `${origin}/static` },
          },
        ],
      },
    },
  ],
})
