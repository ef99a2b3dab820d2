drop index concurrently if exists lease_holder;
create unique index concurrently lease_holder on lease (holder);
