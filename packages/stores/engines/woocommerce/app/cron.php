<?php
// Does what is due and ends: what one such turn leaks or breaks is gone with it.
require __DIR__ . '/step.php';
define('DOING_CRON', true);
store_begin();
require_once getenv('STORE_CORE') . '/wp-load.php';
foreach (wp_get_ready_cron_jobs() as $time => $hooks) {
  foreach ($hooks as $hook => $events) {
    foreach ($events as $event) {
      if ($event['schedule']) wp_reschedule_event($time, $event['schedule'], $hook, $event['args']);
      wp_unschedule_event($time, $hook, $event['args']);
      do_action_ref_array($hook, $event['args']);
    }
  }
}
