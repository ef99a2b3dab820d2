-- What was asked for, in a form that does not depend on the order of the items. Null where release
-- 0.1.0 wrote the row; that release goes on reading and writing "fingerprint".
alter table request_key add column canonical text;
