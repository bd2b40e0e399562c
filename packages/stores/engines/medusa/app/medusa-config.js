const { defineConfig } = require("@medusajs/framework/utils")

function need(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const origin = need("STORE_URL")

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: need("DATABASE_URL"),
    databaseDriverOptions: { connection: { ssl: false } },
    http: {
      // The storefront is on the shop's own origin, the admin screens on theirs: nobody else asks.
      storeCors: origin,
      adminCors: need("ADMIN_URL"),
      authCors: `${origin},${need("ADMIN_URL")}`,
      jwtSecret: need("JWT_SECRET"),
      cookieSecret: need("COOKIE_SECRET"),
    },
  },
  admin: { disable: process.env.MEDUSA_ADMIN !== "true", backendUrl: "/" },
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
