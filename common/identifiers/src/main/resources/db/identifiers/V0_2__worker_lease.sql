-- Who may make ids with which worker number, and up to which time.
create table worker_lease (
  worker smallint primary key check (worker between 0 and 1023),
  holder text not null default '',                        -- for people, and so that only the holder renews
  held_until timestamptz not null default '-infinity',    -- this database's clock
  granted bigint not null default -1                      -- ids up to this time may exist: ms since the configured epoch
);
insert into worker_lease (worker) select number from generate_series(0, 1023) as number;
