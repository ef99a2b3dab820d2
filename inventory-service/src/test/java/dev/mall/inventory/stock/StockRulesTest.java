package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.HOLD;
import static dev.mall.inventory.stock.StockFixtures.MAX_HELD;
import static dev.mall.inventory.stock.StockFixtures.NOW;
import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static dev.mall.inventory.stock.StockFixtures.restock;
import static dev.mall.inventory.stock.StockFixtures.round;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockRulesTest {

  private final StockFixtures.Shop shop = new StockFixtures.Shop().with("tea", 10).with("pot", 2);

  @Test
  void holdsAllLinesUntilTheirTimeIsUp() {
    var reserve = reserve(1, line("tea", 3), line("pot", 2));

    var reply = shop.receives(reserve);

    assertThat(reply).isEqualTo(new StockReserved(reserve.step(), NOW.plus(HOLD)));
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 10, 3, 10, 0));
    assertThat(shop.level("pot")).isEqualTo(new StockLevel("pot", 2, 2, 2, 0));
  }

  @Test
  void holdsNothingIfOneLineIsShort() {
    var reserve = reserve(1, line("tea", 3), line("pot", 3), line("nobody-knows", 1));

    var reply = shop.receives(reserve);

    assertThat(reply)
        .isEqualTo(
            new OutOfStock(
                reserve.step(),
                List.of(new Shortage("pot", 3, 2), new Shortage("nobody-knows", 1, 0))));
    assertThat(shop.level("tea").reserved()).isZero();
    assertThat(shop.state(1)).isEmpty();
  }

  @Test
  void holdsTheLastPieceForTheFirstOfABatch() {
    var replies =
        shop.receives(
            List.of(
                reserve(1, line("pot", 1)),
                reserve(2, line("pot", 1)),
                reserve(3, line("pot", 1))));

    assertThat(replies)
        .hasExactlyElementsOfTypes(StockReserved.class, StockReserved.class, OutOfStock.class);
  }

  @Test
  void holdsWhatAReleaseBeforeItInTheBatchGaveBack() {
    shop.receives(reserve(1, line("pot", 2)));

    var replies = shop.receives(List.of(release(1), reserve(2, line("pot", 2))));

    assertThat(replies).hasExactlyElementsOfTypes(ReservationReleased.class, StockReserved.class);
  }

  @Test
  void putsBackOnceWhatWasSold() {
    shop.receives(reserve(1, line("pot", 2)));
    shop.receives(commit(1));

    var replies = shop.receives(List.of(restock(1), round(2, restock(1))));

    assertThat(replies).hasOnlyElementsOfType(OrderRestocked.class);
    assertThat(shop.level("pot")).isEqualTo(new StockLevel("pot", 2, 0, 2, 0));
    assertThat(shop.receives(reserve(2, line("pot", 2)))).isInstanceOf(StockReserved.class);
  }

  @Test
  void putsBackNothingThatWasNotSold() {
    shop.receives(reserve(1, line("pot", 2)));
    shop.receives(release(2));

    assertThat(shop.receives(List.of(restock(1), restock(2), restock(3))))
        .hasOnlyElementsOfType(RestockRefused.class);
    assertThat(shop.level("pot")).isEqualTo(new StockLevel("pot", 2, 2, 2, 0));
  }

  @Test
  void sellsAndReleasesNothingAfterItWasPutBack() {
    shop.receives(reserve(1, line("pot", 2)));
    shop.receives(List.of(commit(1), restock(1)));

    assertThat(
            shop.receives(
                List.of(round(2, commit(1)), release(1), round(2, reserve(1, line("pot", 2))))))
        .hasExactlyElementsOfTypes(
            ReservationCommitted.class, ReleaseRefused.class, ReserveRefused.class);
    assertThat(shop.level("pot")).isEqualTo(new StockLevel("pot", 2, 0, 2, 0));
  }

  @Test
  void answersARepeatInOneBatchWithTheFirstReply() {
    var reserve = reserve(1, line("pot", 2));

    var replies = shop.receives(List.of(reserve, reserve));

    assertThat(replies).hasSize(2).containsOnly(new StockReserved(reserve.step(), NOW.plus(HOLD)));
    assertThat(shop.level("pot").reserved()).isEqualTo(2);
  }

  @Test
  void answersARepeatWithItsReplyThoughMuchHasHappenedSince() {
    var reserve = reserve(1, line("pot", 2));
    var first = shop.receives(reserve);
    shop.receives(commit(1));

    assertThat(shop.receives(reserve)).isEqualTo(first);
    assertThat(shop.level("pot")).isEqualTo(new StockLevel("pot", 0, 0, 2, 2));
  }

  @Test
  void holdsAgainForANewRoundWithoutTakingMore() {
    var first = reserve(1, line("pot", 2));
    shop.receives(first);

    var reply = shop.receives(StockFixtures.round(2, first));

    assertThat(reply).isInstanceOf(StockReserved.class);
    assertThat(shop.level("pot").reserved()).isEqualTo(2);
  }

  @Test
  void sellsWhatIsHeld() {
    shop.receives(reserve(1, line("tea", 3)));
    var commit = commit(1);

    assertThat(shop.receives(commit)).isEqualTo(new ReservationCommitted(commit.step()));
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 7, 0, 10, 3));
  }

  @Test
  void sellsOnceThoughAskedInTwoRounds() {
    shop.receives(reserve(1, line("tea", 3)));
    shop.receives(commit(1));

    var reply = shop.receives(StockFixtures.round(2, commit(1)));

    assertThat(reply).isInstanceOf(ReservationCommitted.class);
    assertThat(shop.level("tea").sold()).isEqualTo(3);
  }

  @Test
  void takesExpiredStockAgainForALateCommit() {
    shop.receives(reserve(1, line("tea", 3)));
    shop.expires(1);
    assertThat(shop.level("tea").reserved()).isZero();

    assertThat(shop.receives(commit(1))).isInstanceOf(ReservationCommitted.class);
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 7, 0, 10, 3));
  }

  @Test
  void refusesALateCommitIfTheStockHasGone() {
    shop.receives(reserve(1, line("tea", 1), line("pot", 2)));
    shop.expires(1);
    shop.receives(reserve(2, line("pot", 1)));
    var late = commit(1);

    assertThat(shop.receives(late))
        .isEqualTo(new CommitRefused(late.step(), List.of(new Shortage("pot", 2, 1))));
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 10, 0, 10, 0));
    assertThat(shop.receives(release(1))).isInstanceOf(ReservationReleased.class);
  }

  @Test
  void refusesEveryRoundOfACommitOnceOneWasRefused() { // what was refused is being undone
    shop.receives(reserve(1, line("pot", 2)));
    shop.expires(1);
    shop.receives(reserve(2, line("pot", 1)));
    assertThat(shop.receives(StockFixtures.round(2, commit(1)))).isInstanceOf(CommitRefused.class);
    shop.receives(release(2));

    assertThat(shop.receives(commit(1))).isInstanceOf(CommitRefused.class);
    assertThat(shop.level("pot").sold()).isZero();
  }

  @Test
  void refusesToReserveWhatWasToBeSoldBefore() {
    shop.receives(commit(1));

    assertThat(shop.receives(reserve(1, line("tea", 1)))).isInstanceOf(ReserveRefused.class);
  }

  @Test
  void refusesToSellWhatWasNeverHeldOrIsReleased() {
    shop.receives(List.of(reserve(2, line("tea", 1)), release(2)));

    assertThat(shop.receives(commit(1))).isEqualTo(new CommitRefused(commit(1).step(), List.of()));
    assertThat(shop.receives(commit(2))).isEqualTo(new CommitRefused(commit(2).step(), List.of()));
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 10, 0, 10, 0));
  }

  @Test
  void givesBackOnceThoughAskedInTwoRounds() {
    shop.receives(List.of(reserve(1, line("tea", 3)), reserve(2, line("tea", 2))));

    shop.receives(release(1));
    var again = shop.receives(StockFixtures.round(2, release(1)));

    assertThat(again).isInstanceOf(ReservationReleased.class);
    assertThat(shop.level("tea").reserved()).isEqualTo(2);
  }

  @Test
  void givesNothingBackThatIsSold() {
    shop.receives(List.of(reserve(1, line("tea", 3)), commit(1)));

    assertThat(shop.receives(release(1))).isEqualTo(new ReleaseRefused(release(1).step()));
    assertThat(shop.level("tea")).isEqualTo(new StockLevel("tea", 7, 0, 10, 3));
  }

  @Test
  void refusesAReservationThatComesAfterItsRelease() {
    var released = shop.receives(release(1));

    var late = shop.receives(reserve(1, line("tea", 3)));

    assertThat(released).isInstanceOf(ReservationReleased.class);
    assertThat(late).isInstanceOf(ReserveRefused.class);
    assertThat(shop.level("tea").reserved()).isZero();
  }

  @Test
  void refusesAReservationThatComesAfterItsReleaseInOneBatch() {
    var replies = shop.receives(List.of(release(1), reserve(1, line("tea", 3))));

    assertThat(replies).hasExactlyElementsOfTypes(ReservationReleased.class, ReserveRefused.class);
  }

  @Test
  void refusesWhoHoldsAsMuchAsOneMayUntilSomethingIsPaid() {
    var another = reserve("ann", 3, line("tea", 1));
    var replies =
        shop.receives(
            List.of(reserve("ann", 1, line("tea", 1)), reserve("ann", 2, line("tea", 1)), another));

    assertThat(replies.getLast()).isEqualTo(new TooManyReservations(another.step(), MAX_HELD));
    assertThat(shop.level("tea").reserved()).isEqualTo(2);
    assertThat(shop.receives(reserve("bob", 4, line("tea", 1)))).isInstanceOf(StockReserved.class);

    assertThat(shop.receives(List.of(commit(1), another, StockFixtures.round(2, another))))
        .hasExactlyElementsOfTypes(
            ReservationCommitted.class, TooManyReservations.class, StockReserved.class);
  }

  @Test
  void countsNothingThatIsReleasedOrExpiredAndNoRoundTwice() {
    var first = reserve("ann", 1, line("tea", 1));
    shop.receives(List.of(first, StockFixtures.round(2, first), reserve("ann", 2, line("tea", 1))));
    shop.receives(release(1));
    shop.expires(2);

    assertThat(
            shop.receives(
                List.of(
                    reserve("ann", 3, line("tea", 1)),
                    reserve("ann", 4, line("tea", 1)),
                    reserve("ann", 5, line("tea", 1)))))
        .hasExactlyElementsOfTypes(
            StockReserved.class, StockReserved.class, TooManyReservations.class);
  }

  @Test
  void breaksOnStockThatWasNotLoadedInsteadOfInventingIt() {
    var held = new Reservation(1, "ann", ReservationState.HELD, List.of(line("lost", 1)), NOW, 1);

    assertThatThrownBy(() -> StockRules.expire(List.of(held), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lost");
  }
}
