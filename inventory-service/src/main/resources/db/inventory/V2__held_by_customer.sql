-- What a customer holds unpaid is counted before he is given more.
create index reservation_held_by on reservation (customer_id) where state = 'HELD';
