import { join } from "node:path"
import type { Listen, Place } from "../../engine.ts"

const quoted = (path: string) => {
  if (/["\\\n$;{}]/.test(path))
    throw new Error(`invariant: ${path} cannot stand in a configuration`)
  return `"${path}"`
}
const on = (listen: Listen | undefined) =>
  listen && "socket" in listen
    ? quoted(`unix:${listen.socket}`)
    : quoted(`${listen?.host}:${listen?.port}`)

const types = Object.entries({
  ...{ "text/html": "html", "text/css": "css", "text/javascript": "js mjs", "text/plain": "txt" },
  ...{ "application/json": "json map", "application/xml": "xml", "application/pdf": "pdf" },
  ...{ "image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg jpeg", "image/gif": "gif" },
  ...{ "image/webp": "webp", "image/avif": "avif", "image/x-icon": "ico" },
  ...{ "font/woff": "woff", "font/woff2": "woff2", "video/mp4": "mp4", "video/webm": "webm" },
})
  .map(([type, endings]) => `    ${type} ${endings};`)
  .join("\n")

const parameters = Object.entries({
  ...{ SCRIPT_FILENAME: "$document_root$fastcgi_script_name", SCRIPT_NAME: "$fastcgi_script_name" },
  ...{
    DOCUMENT_ROOT: "$document_root",
    DOCUMENT_URI: "$document_uri",
    REQUEST_URI: "$request_uri",
  },
  ...{ QUERY_STRING: "$query_string", REQUEST_METHOD: "$request_method" },
  ...{ CONTENT_TYPE: "$content_type", CONTENT_LENGTH: "$content_length" },
  ...{ SERVER_PROTOCOL: "$server_protocol", SERVER_NAME: "$host", GATEWAY_INTERFACE: "CGI/1.1" },
  ...{ REMOTE_ADDR: "$store_visitor", REDIRECT_STATUS: "200" },
})
  .map(([name, value]) => `      fastcgi_param ${name} ${value};`)
  .join("\n")

/** Sends files by itself and everything else to PHP; runs in the foreground and writes only below `tmp`. */
export function nginxConfig({ dirs, installDir, listen }: Place): string {
  const core = join(installDir, "core")
  const file = (path: string, root: string) => `
    location ^~ ${path}/ {
      alias ${quoted(`${root}/`)};
      location ~ \\.(php|phar|phtml|inc)$ { return 404; }
      expires 1h;
    }`
  // Logs, and what buyers pay for: other servers are kept from them by files that nginx does not read.
  const hidden = (name: string) => `
    location ^~ /wp-content/uploads/${name}/ { return 404; }`
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${quoted(join(dirs.tmp, `nginx-${name}`))};`)
    .join("\n")
  return `daemon off;
worker_processes 1;
pid ${quoted(join(dirs.tmp, "nginx.pid"))};
error_log stderr warn;
events { worker_connections 256; }
http {
  types {
${types}
  }
  default_type application/octet-stream;
  access_log off;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;
  client_max_body_size 32m;
${temporary}
  map $http_x_forwarded_for $store_visitor { default "127.0.0.1"; "~^(?<first>[0-9a-fA-F.:]+)" $first; }
  map $http_x_forwarded_proto $store_https { default ""; https on; }
  server {
    listen ${on(listen.shop)};
    root ${quoted(core)};
    index index.php;
    add_header X-Content-Type-Options nosniff;
    location ~ /\\. { return 404; }${["wc-logs", "woocommerce_uploads"].map(hidden).join("")}${file("/wp-content/uploads", join(dirs.files, "uploads"))}${file("/wp-content/plugins", join(installDir, "plugins"))}
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      try_files $uri =404;
      fastcgi_pass ${on(listen.php)};
${parameters}
      fastcgi_param HTTPS $store_https if_not_empty;
      fastcgi_read_timeout 120s;
    }
  }
}
`
}

/** One pool, which ends idle processes; environment and user are those it was started with. */
export function fpmConfig(
  { dirs, plan }: Place,
  { socket, workers }: { socket: string; workers: number },
): string {
  return `[global]
daemonize = no
error_log = /dev/null
pid = ${join(dirs.tmp, "php-fpm.pid")}
[shop]
listen = ${socket}
listen.mode = 0660
pm = ondemand
pm.max_children = ${workers}
pm.process_idle_timeout = 30s
pm.max_requests = 500
request_terminate_timeout = 120s
clear_env = no
catch_workers_output = yes
php_admin_value[memory_limit] = ${plan === "premium" ? 512 : 256}M
php_admin_value[display_errors] = stderr
php_admin_value[upload_max_filesize] = 32M
php_admin_value[post_max_size] = 32M
php_admin_value[session.save_path] = ${dirs.tmp}
php_admin_value[upload_tmp_dir] = ${dirs.tmp}
php_admin_value[opcache.validate_timestamps] = 0
`
}
