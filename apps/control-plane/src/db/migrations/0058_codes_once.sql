-- The time step of the last code that opened, as the sign-in keeps it; older ones open nothing.
alter table auth."twoFactor" add column "lastStep" integer default 0;
