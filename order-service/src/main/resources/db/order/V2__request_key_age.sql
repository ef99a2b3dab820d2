-- So that keys can be forgotten when no repeat comes any more.
alter table request_key add column claimed_at timestamptz not null default now();
create index request_key_age on request_key (claimed_at);
