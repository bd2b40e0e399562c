<?php
// The first step: WordPress itself. What is there already stays.
require __DIR__ . '/step.php';
store_begin(installing: true);
require_once getenv('STORE_CORE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

add_filter('pre_wp_mail', '__return_true');
$there = is_blog_installed();
if (!$there) {
  wp_install(
    store_setting('STORE_NAME'), store_setting('ADMIN_USER'), store_setting('ADMIN_EMAIL'),
    false, '', wp_slash(store_setting('ADMIN_PASSWORD'))
  );
  update_option('permalink_structure', '/%postname%/');
  update_option('timezone_string', 'UTC');
  update_option('default_comment_status', 'closed');
  foreach ([1, 2] as $sample) wp_delete_post($sample, true);
}
store_answer(['installed' => (int) !$there]);
