package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.money.Money;
import dev.mall.payment.ledger.Ledger;
import dev.mall.payment.ledger.LedgerTransaction;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows that the database refuses by itself, whatever the rules say. */
class LedgerIT extends PaymentServiceTests {

  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void refusesToTakeMoreThanAWalletHolds() {
    var ann = aCustomerWith(euro(100));

    assertThatExceptionOfType(DataIntegrityViolationException.class)
        .isThrownBy(() -> post(LedgerTransaction.charge(anOrder(), ann, euro(101))));

    assertThat(balanceOf(ann)).isEqualTo(euro(100));
  }

  @Test
  void refusesToChargeOrRefundAnOrderTwice() {
    var ann = aCustomerWith(euro(100));
    long order = anOrder();
    post(LedgerTransaction.charge(order, ann, euro(10)));
    post(LedgerTransaction.refund(order, ann, euro(10)));

    assertThatExceptionOfType(DuplicateKeyException.class)
        .isThrownBy(() -> post(LedgerTransaction.charge(order, ann, euro(10))));
    assertThatExceptionOfType(DuplicateKeyException.class)
        .isThrownBy(() -> post(LedgerTransaction.refund(order, ann, euro(10))));

    assertThat(balanceOf(ann)).isEqualTo(euro(100));
    // so that the audit finds the order whose movements were posted here by hand
    jdbc.sql("insert into payment values (:order, 'REFUNDED', :ann, 10, 'EUR')")
        .param("order", order)
        .param("ann", ann)
        .update();
  }

  @Test
  void movesNoMoneyOfWalletsThatAreNotThere() {
    var ann = aCustomerWith(euro(100));
    var dollar = Money.of(1, "USD");

    assertThatExceptionOfType(StaleWriteException.class)
        .isThrownBy(() -> post(LedgerTransaction.deposit(UUID.randomUUID(), aCustomer(), euro(1))));
    assertThatExceptionOfType(StaleWriteException.class)
        .isThrownBy(() ->
            post(
                LedgerTransaction.deposit(UUID.randomUUID(), ann, euro(1)),
                LedgerTransaction.deposit(UUID.randomUUID(), ann, dollar)));

    assertThat(balanceOf(ann)).isEqualTo(euro(100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update ledger_transaction set amount_minor = amount_minor + 1",
        "delete from ledger_transaction"
      })
  void refusesToRewriteHistory(String tampering) {
    aCustomerWith(euro(100));

    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> jdbc.sql(tampering).update())
        .withStackTraceContaining("ledger_transaction is only ever added to");
  }

  @Test
  void postsOnlyInATransaction() {
    assertThatExceptionOfType(IllegalTransactionStateException.class)
        .isThrownBy(
            () -> ledger.post(List.of(LedgerTransaction.charge(anOrder(), "ann", euro(1)))));
  }

  private void post(LedgerTransaction... transactions) {
    transaction.executeWithoutResult(_ -> ledger.post(List.of(transactions)));
  }
}
