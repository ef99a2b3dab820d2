package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.MONEY_DISAGREES;
import static dev.mall.verifier.findings.Kind.OUTBOX_QUARANTINED;
import static dev.mall.verifier.findings.Kind.PARKED;
import static dev.mall.verifier.findings.Kind.STUCK_IN_SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.verifier.findings.Finding;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Findings that the verifier excuses, and orders that it does not judge yet. */
class ExcusedFindingsIT extends VerifierFixture {

  @Test
  void cannotJudgeWhileSomethingIsUnderWayUnlessAskedForWhatAlwaysHolds() throws Exception {
    mall.plant(
        PAYMENT, "insert into outbox (topic, key, headers, payload) values ('t', '7', '{}', '')");

    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(2);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
  }

  @Test
  void judgesOrdersThatAreUnderWayOnlyWhenAllIsDone() throws Exception {
    mall.plant(
        ORDER,
        "update orders set settled_at = clock_timestamp() where id = %d".formatted(CONFIRMED));
    mall.plant(NOTIFICATION, "delete from notification where order_id = " + CONFIRMED);
    mall.plant(
        SAGA,
        "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where order_id = "
            + CONFIRMED);

    var report = verify(AT_ONCE.asLive());

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.judged()).isEqualTo(199);
  }

  @Test
  void toleratesTroubleThatWasPlantedOrIsBeingRepaired() throws Exception {
    mall.plant(
        SAGA,
        """
        update saga set state = 'RUNNING', parked_since = now(), parked_why = 'refused'
         where order_id = %d
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE).violations()).containsOnlyKeys(PARKED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
    var planted = verify(AT_ONCE.planted(Set.of(CONFIRMED)));
    assertThat(planted.exitCode()).isZero();
    assertThat(planted.excused()).extracting(Finding::kind).containsExactly(PARKED);
  }

  @Test
  void listsWhatWasSettledByHandApart() throws Exception {
    mall.plant(
        SAGA,
        """
        insert into desk_act (order_id, act, step, who, why, before, after)
        values (%d, 'SETTLE', 'refund', 'desk', 'paid back in cash', '{}', '{}')
        """
            .formatted(REFUNDED));
    Plant.ALL.stream()
        .filter(plant -> plant.name().contains("not refunded"))
        .findFirst()
        .orElseThrow()
        .in(mall);

    var report = verify(AT_ONCE);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.settledByHand().get(REFUNDED)).contains("paid back in cash");
    assertThat(report.excused()).extracting(Finding::kind).containsExactly(MONEY_DISAGREES);
  }

  @Test
  void whatWasSettledByHandExcusesNothingElse() throws Exception {
    mall.plant(
        SAGA,
        """
        insert into desk_act (order_id, act, step, who, why, before, after)
        values (%1$d, 'SETTLE', 'notify', 'desk', 'notified by telephone', '{}', '{}');
        update saga set state = 'RUNNING', deadline = null where order_id = %1$d
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE.asLive()).violations()).containsKey(STUCK_IN_SILENCE);
  }

  @Test
  void waitsForWhatAnOperatorHoldsBackButDoesNotCallItStuck() throws Exception {
    mall.plant(
        SAGA,
        """
        update saga set state = 'RUNNING', step = 'pay', attempt = 0, deadline = null
         where order_id = %d;
        insert into step_pause (step, who, why) values ('pay', 'desk', 'the provider is down')
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE.asLive()).violations()).doesNotContainKey(STUCK_IN_SILENCE);
    assertThat(verify(AT_ONCE).underWay()).isNotEmpty();

    mall.plant(
        SAGA,
        """
        delete from step_pause;
        insert into desk_act (act, step, who, why) values ('RESUME', 'pay', 'desk', 'it is back')
        """);
    assertThat(verify(AT_ONCE.asLive()).violations()).doesNotContainKey(STUCK_IN_SILENCE);

    mall.plant(SAGA, "update desk_act set at = at - interval '1 hour'");
    assertThat(verify(AT_ONCE.asLive()).violations()).containsKey(STUCK_IN_SILENCE);
  }

  @Test
  void doesNotCompareTheCataloguesWhileSomethingIsUnderWay() throws Exception {
    mall.plant(ORDER, "delete from product where sku = 'sku-05'");
    mall.plant(
        INVENTORY, "insert into outbox (topic, key, headers, payload) values ('t', '7', '{}', '')");

    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(2);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
  }

  @Test
  void onlyMentionsDeadLettersThatHoldUpNoOrder() throws Exception {
    mall.plant(
        SAGA,
        LETTER.formatted(CONFIRMED, "ChargePayment")
            + LETTER.formatted(CONFIRMED, "OrderPlaced")
            + LETTER.formatted(7, "ChargePayment")
            + LETTER.formatted("null", "ProductChanged"));

    var report = verify(AT_ONCE);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.toString()).contains("letters WAITING 4").contains("discard: 4, GET /dead-");
    assertThat(report.toJson()).contains("\"deadLetters\"");
  }

  @Test
  void asksNotForDeadLettersThatAnOperatorHasSettledOrWhileLive() throws Exception {
    mall.plant(
        SAGA,
        LETTER.formatted(CONFIRMED, "ChargePayment")
            + "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where order_id = "
            + CONFIRMED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();

    mall.plant(SAGA, "update dead_letter set status = 'REDRIVEN', settled_at = now()");

    var report = verify(AT_ONCE);
    assertThat(report.exitCode()).as(report.toString()).isEqualTo(2); // the saga has not ended
    assertThat(report.toString()).doesNotContain("discard:");
  }

  @Test
  void asksForQuarantinedMessagesUnlessLiveOrPlanted() throws Exception {
    mall.plant(PAYMENT, QUARANTINE.formatted(CONFIRMED));

    assertThat(verify(AT_ONCE).violations()).containsOnlyKeys(OUTBOX_QUARANTINED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
    assertThat(verify(AT_ONCE.planted(Set.of(CONFIRMED))).exitCode()).isZero();
  }
}
