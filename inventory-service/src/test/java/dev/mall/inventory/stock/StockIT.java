package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

/** Batches on a real database, and what is answered in Kafka. */
class StockIT extends StockServiceTests {

  @Autowired StatementCounter statements;
  @Autowired MeterRegistry meters;

  @Test
  void holdsSellsAndGivesBack() {
    var tea = aProductWith(10);
    var pot = aProductWith(5);
    long sold = anOrder();
    long calledOff = anOrder();

    handle(List.of(reserve(sold, line(tea, 3), line(pot, 1)), reserve(calledOff, line(tea, 2))));
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 10, 5, 10, 0));
    handle(List.of(commit(sold), release(calledOff)));

    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 7, 0, 10, 3));
    assertThat(level(pot)).isEqualTo(new StockLevel(pot, 4, 0, 5, 1));
    assertThat(replies.await(1, commit(sold).step()).getFirst())
        .isInstanceOf(ReservationCommitted.class);
    assertThat(replies.await(1, release(calledOff).step()).getFirst())
        .isInstanceOf(ReservationReleased.class);
  }

  @Test
  void promisesTheTimeThatIsStored() {
    long order = anOrder();

    var reply = (StockReserved) handle(reserve(order, line(aProductWith(1), 1)));

    assertThat(reply.heldUntil())
        .isEqualTo(
            jdbc.sql("select held_until from reservation where order_id = :order")
                .param("order", order)
                .query(OffsetDateTime.class)
                .single()
                .toInstant());
  }

  @Test
  void namesWhatIsShortAndHoldsNothing() {
    var tea = aProductWith(1);
    var order = reserve(anOrder(), line(tea, 1), line("unheard-of", 2));

    assertThat(handle(order))
        .isEqualTo(new OutOfStock(order.step(), List.of(new Shortage("unheard-of", 2, 0))));
    assertThat(level(tea).reserved()).isZero();
  }

  @Test
  void answersRepeatsWithinAndAcrossBatchesAlikeAndDoesNothingTwice() {
    var tea = aProductWith(10);
    var reserve = reserve(anOrder(), line(tea, 3));

    var first = handle(List.of(reserve, reserve));
    var second = handle(List.of(reserve, reserve));

    assertThat(level(tea).reserved()).isEqualTo(3);
    assertThat(first).hasSize(2).isEqualTo(second).containsOnly(first.getFirst());
    assertThat(replies.await(4, reserve.step())).containsOnly(first.getFirst());
  }

  @Test
  void remembersItsAnswerThoughTheStateHasMovedOn() {
    var tea = aProductWith(3);
    long order = anOrder();
    var first = handle(reserve(order, line(tea, 3)));
    handle(List.of(commit(order)));

    assertThat(handle(reserve(order, line(tea, 3)))).isEqualTo(first);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 0, 0, 3, 3));
  }

  @Test
  void refusesWhatWasCalledOffBeforeItCame() {
    var tea = aProductWith(3);
    long order = anOrder();

    assertThat(handle(release(order))).isInstanceOf(ReservationReleased.class);
    assertThat(handle(reserve(order, line(tea, 3)))).isInstanceOf(ReserveRefused.class);
    assertThat(handle(commit(order))).isEqualTo(new CommitRefused(commit(order).step(), List.of()));

    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 3, 0, 3, 0));
  }

  @Test
  void givesNothingBackThatIsSold() {
    var tea = aProductWith(3);
    long order = anOrder();

    handle(List.of(reserve(order, line(tea, 3)), commit(order)));

    assertThat(handle(release(order))).isInstanceOf(ReleaseRefused.class);
    assertThat(level(tea).sold()).isEqualTo(3);
  }

  @Test
  void putsBackWhatWasHeldTooLong() {
    var tea = aProductWith(3);
    long late = anOrder();
    long inTime = anOrder();
    handle(List.of(reserve(late, line(tea, 1)), reserve(inTime, line(tea, 2))));

    overdue(late);
    expire.expireSome();

    assertThat(state(late)).isEqualTo("EXPIRED");
    assertThat(state(inTime)).isEqualTo("HELD");
    assertThat(level(tea).reserved()).isEqualTo(2);
  }

  @Test
  void sellsToALateCommitWhetherOrNotItWasSwept() {
    var tea = aProductWith(3);
    long swept = anOrder();
    long unswept = anOrder();
    handle(List.of(reserve(swept, line(tea, 1)), reserve(unswept, line(tea, 2))));
    overdue(swept);
    expire.expireSome();
    overdue(unswept);

    assertThat(handle(List.of(commit(swept), commit(unswept))))
        .hasOnlyElementsOfType(ReservationCommitted.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 0, 0, 3, 3));
  }

  @Test
  void refusesALateCommitWhenAnotherOrderTookTheStock() {
    var tea = aProductWith(3);
    long late = anOrder();
    handle(reserve(late, line(tea, 2)));
    overdue(late);
    expire.expireSome();
    long quick = anOrder();
    handle(List.of(reserve(quick, line(tea, 2)), commit(quick)));

    assertThat(handle(commit(late)))
        .isEqualTo(new CommitRefused(commit(late).step(), List.of(new Shortage(tea, 2, 1))));
    assertThat(handle(release(late))).isInstanceOf(ReservationReleased.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 1, 0, 3, 2));
  }

  @Test
  void writesNoRowUnderATokenThatIsNotTheLatest() {
    var tea = aProductWith(3);
    var pot = aProductWith(3);
    handle(List.of(reserve(anOrder(), line(tea, 1))), fence(7, tea));
    var stale = reserve(anOrder(), line(tea, 1), line(pot, 1));
    double before = fenced();

    assertThatThrownBy(() -> handle(List.of(stale), fence(6, tea, pot)))
        .isInstanceOf(StaleWriteException.class);

    assertThat(fenced() - before).isEqualTo(1);
    assertThat(level(tea).reserved()).isEqualTo(1);
    assertThat(level(pot).reserved()).isZero();
    assertThat(handle(List.of(stale), fence(8, tea, pot)))
        .hasOnlyElementsOfType(StockReserved.class);
  }

  private double fenced() {
    return meters.get("mall.stock.fenced").counter().count();
  }

  @Test
  void countsReservationsBeyondTheirTime() {
    long order = anOrder();
    handle(reserve(order, line(aProductWith(1), 1)));
    var measured = new SimpleMeterRegistry();
    new StockMetrics(jdbc, measured);

    transaction.executeWithoutResult(_ -> {
      overdue(order); // uncommitted, so that the job does not expire it
      jdbc.sql(
              "update reservation set held_until = held_until - interval '1 minute' where order_id = ?")
          .param(order)
          .update();

      assertThat(measured.get("mall.stock.reservations.overdue").gauge().value()).isOne();
    });
  }

  @Test
  void fencesOffOnlyWhatTheTokenWasDrawnFor() {
    var tea = aProductWith(3);
    var pot = aProductWith(3);
    long order = anOrder();
    handle(List.of(reserve(order, line(pot, 1))), fence(7, pot));

    handle(List.of(reserve(anOrder(), line(tea, 1)), commit(order)), fence(6, tea));

    assertThat(level(pot).sold()).isEqualTo(1);
    assertThat(handle(List.of(reserve(anOrder(), line(pot, 1)))))
        .as("without locks there is no token, and no fence")
        .hasOnlyElementsOfType(StockReserved.class);
  }

  @Test
  void theDatabaseItselfRefusesToOversellOrToLosePieces() {
    var tea = aProductWith(3);

    for (var wrong :
        List.of("reserved = 4", "reserved = -1", "on_hand = 4", "sold = 1", "received = 2")) {
      assertThatThrownBy(() ->
              jdbc.sql("update stock set %s where sku = :sku".formatted(wrong))
                  .param("sku", tea)
                  .update())
          .as(wrong)
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }

  @Test
  void aCommandThatMakesNoSenseLeavesNothingBehind() {
    var tea = aProductWith(3);
    var good = reserve(anOrder(), line(tea, 1));

    for (var bad :
        List.of(
            reserve(anOrder(), line(tea, -1)),
            reserve(anOrder(), line(tea, 0)),
            reserve(anOrder(), line(tea, 1), line(tea, 1)))) {
      assertThatThrownBy(() -> handle(List.of(good, bad)))
          .isInstanceOf(DataIntegrityViolationException.class);
    }

    assertThat(level(tea).reserved()).isZero();
  }

  @Test
  void threeHundredCommandsNeedNoMoreStatementsThanOne() throws Exception {
    var skus = List.of(aProductWith(1_000), aProductWith(1_000), aProductWith(1_000));
    var one = List.of(reserve(anOrder(), line(skus.get(0), 1)));
    var many = mixed(300, skus);

    var forOne = statements.during(() -> handle(one));
    var forMany = statements.during(() -> handle(many));

    assertThat(forMany).hasSameSizeAs(forOne);
    assertThat(forOne).as(forOne.toString()).hasSize(12);
  }

  /** New orders, repeats, commits and releases of known and unknown ones. */
  private List<InventoryCommand> mixed(int count, List<String> skus) {
    var batch = new ArrayList<InventoryCommand>();
    while (batch.size() < count) {
      long held = anOrder();
      long older = anOrder();
      handle(reserve(older, line(skus.get(1), 1)));
      var fresh = reserve(held, line(skus.get(0), 1), line(skus.get(2), 2));
      batch.addAll(
          List.of(
              fresh,
              fresh,
              commit(older),
              release(anOrder()),
              reserve(anOrder(), line(skus.get(1), 900), line("unheard-of", 1)),
              release(held)));
    }
    return batch;
  }
}
