alter table outbox add column note text;
