<?php
// Runs PHP-FPM, and once a minute what is due. PHP-FPM makes a session of its own, where no signal to this
// process and those it began would reach it: here it is told, and it ends with us.
[, $program, $config] = $argv;
$fpm = proc_open([$program, '--nodaemonize', '--force-stderr', '--fpm-config', $config], [STDIN, STDOUT, STDERR], $pipes);
if (!is_resource($fpm)) {
  fwrite(STDERR, "PHP-FPM could not be started.\n");
  exit(1);
}
pcntl_async_signals(true);
foreach ([SIGTERM, SIGINT] as $signal) pcntl_signal($signal, fn() => proc_terminate($fpm, SIGTERM));

$turn = null;
$next = time() + 60;
while (($state = proc_get_status($fpm))['running']) {
  // A signal ends the sleep early.
  sleep(1);
  if ($turn && !proc_get_status($turn)['running']) {
    proc_close($turn);
    $turn = null;
  }
  if ($turn || time() < $next) continue;
  $next = time() + 60;
  $cron = [PHP_BINARY, '-d', 'memory_limit=256M', '-d', 'display_errors=stderr', __DIR__ . '/cron.php'];
  $turn = proc_open($cron, [STDIN, STDOUT, STDERR], $pipes) ?: null;
}
exit($state['exitcode'] > 0 ? $state['exitcode'] : 0);
