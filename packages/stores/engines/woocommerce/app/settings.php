<?php
// One core, readable by all shops and writable by none: what differs between them is in the environment.
function store_setting(string $name, ?string $default = null): string {
  $value = getenv($name);
  if ($value !== false && $value !== '') return $value;
  if ($default !== null) return $default;
  http_response_code(500);
  fwrite(defined('STDERR') ? STDERR : fopen('php://stderr', 'w'), "$name is not set\n");
  exit(1);
}

define('DB_NAME', store_setting('DB_NAME'));
define('DB_USER', store_setting('DB_USER'));
define('DB_PASSWORD', store_setting('DB_PASSWORD'));
define('DB_HOST', store_setting('DB_HOST'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
  define("{$name}_KEY", hash_hmac('sha256', "{$name}_KEY", store_setting('STORE_SECRET')));
  define("{$name}_SALT", hash_hmac('sha256', "{$name}_SALT", store_setting('STORE_SECRET')));
}

define('WP_HOME', store_setting('STORE_URL'));
define('WP_SITEURL', WP_HOME);
// Who asks is the gateway alone, which removes this header from what visitors send.
if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') $_SERVER['HTTPS'] = 'on';

define('WP_CONTENT_DIR', ABSPATH . 'wp-content');
define('WP_CONTENT_URL', WP_HOME . '/wp-content');
define('WP_PLUGIN_DIR', store_setting('STORE_PLUGINS'));
define('WP_PLUGIN_URL', WP_HOME . '/wp-content/plugins');
define('WPMU_PLUGIN_DIR', __DIR__ . '/mu-plugins');
define('WPMU_PLUGIN_URL', WP_HOME . '/wp-content/mu-plugins');

define('DISALLOW_FILE_MODS', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', store_setting('STORE_EGRESS', '0') !== '1');
define('WP_MEMORY_LIMIT', '256M');
define('WP_DEBUG', false);
define('WP_DEBUG_DISPLAY', false);
