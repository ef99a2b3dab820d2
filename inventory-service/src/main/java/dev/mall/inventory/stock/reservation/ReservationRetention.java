package dev.mall.inventory.stock.reservation;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/**
 * Moves settled reservations to the archive, where they are still found. Held and expired ones
 * stay, however old: they may yet be committed.
 */
@Component
class ReservationRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select order_id, state, held_until from reservation
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select r.order_id from batch b join reservation r using (order_id)
         where b.state in ('COMMITTED', 'RETURNED', 'RELEASED')
           and b.held_until < now() - :seconds * interval '1 second'
           for update of r skip locked),
      lines as (
        delete from reservation_line l using due where l.order_id = due.order_id returning l.*),
      settled as (
        delete from reservation r using due where r.order_id = due.order_id returning r.*),
      kept_lines as (insert into reservation_line_archive select * from lines),
      kept as (insert into reservation_archive select * from settled)
      select (select count(*) from batch) as looked,
             (select count(*) from batch where held_until < now() - :seconds * interval '1 second') as old,
             (select count(*) from settled) as cleared,
             coalesce((select max(order_id) from batch), :after) as last
      """;

  @Override
  public String what() {
    return "reservations";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
