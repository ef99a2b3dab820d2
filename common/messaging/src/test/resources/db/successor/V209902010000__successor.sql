alter table outbox add column successor text;
