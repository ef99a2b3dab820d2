package dev.mall.inventory.stock.reservation;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/**
 * Moves settled reservations to the archive, where late commands find them. Held and expired ones
 * stay, however old: they may still be committed.
 */
@Component
class ReservationRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select order_id as id, state,
               held_until < now() - :seconds * interval '1 second' as expired
          from reservation
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select r.order_id
          from batch b join reservation r on r.order_id = b.id
         where b.expired and b.state in ('COMMITTED', 'RETURNED', 'RELEASED')
           for update of r skip locked),
      lines as (
        delete from reservation_line l using due where l.order_id = due.order_id returning l.*),
      cleared as (
        delete from reservation r using due where r.order_id = due.order_id returning r.*),
      archived_lines as (insert into reservation_line_archive select * from lines),
      archived as (insert into reservation_archive select * from cleared)
      """;

  @Override
  public String what() {
    return "reservations";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
