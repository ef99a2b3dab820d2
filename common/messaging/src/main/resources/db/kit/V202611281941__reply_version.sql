-- Each message has a version of its own; replies stored before that are of the first.
alter table decision add column reply_version int not null default 1;
