package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.CUSTOMER;
import static dev.mall.contracts.values.CancelReason.OPERATOR;
import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static dev.mall.saga.engine.definition.Verdict.advance;
import static dev.mall.saga.engine.definition.Verdict.contradict;
import static dev.mall.saga.engine.definition.Verdict.refuse;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.definition.RetryPolicy;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.Step;
import dev.mall.saga.engine.definition.StepTimes;
import dev.mall.saga.engine.definition.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The checkout by two-phase commit, with the saga as its coordinator: stock and payment vote with
 * their transactions prepared, then both are committed or both rolled back.
 *
 * <p>The decision is the saga's row: with the second vote it moves to {@code commit-stock}, in the
 * transaction that also sends the first command of phase two. From there on nothing is undone. The
 * votes are asked for one after the other, in the same order by every order, so that no two orders
 * wait for each other's locks across both databases.
 *
 * <p>Prepared transactions hold the rows of their SKUs and wallets: a vote that does not come is
 * given up after a minute, not after ten.
 */
@Configuration(proxyBeanMethods = false)
class TwoPhaseSaga {

  /** The steps before the decision, by the participant that votes. */
  static final Map<Participant, String> VOTES =
      Map.of(Participant.STOCK, "prepare-stock", Participant.PAYMENT, "prepare-payment");

  private static final RetryPolicy DOUBLING = new RetryPolicy(2, ofMinutes(1), 0.2);

  /** The step that commits a participant's transaction, and those behind it. */
  static final Map<Participant, Set<String>> COMMITS =
      Map.of(Participant.STOCK, from("commit-stock"), Participant.PAYMENT, from("commit-payment"));

  /** Every version that has an open saga somewhere. */
  @Bean
  Saga<OrderPlaced> twoPhase(TwoPhaseProperties properties) {
    return new Saga<>(List.of(version1(properties.steps())), properties.version());
  }

  /**
   * @param times other times than those below, by step
   */
  static SagaDefinition<OrderPlaced> version1(Map<String, StepTimes> times) {
    return saga("two-phase", 1, OrderPlaced.class, TwoPhaseSaga::verdict)
        .startedOnlyBy(CheckoutMode.TWO_PHASE)
        .defaultTimeout(ofSeconds(10), DOUBLING)
        .cancelledByOperatorAs(OPERATOR)
        .calledOffBy(CancellationRequested.class, CUSTOMER)
        .compensatable("prepare-stock", TwoPhaseSaga::prepareStock)
        .compensatedBy("roll-back-stock", (key, _) -> new RollBackStock(key))
        .giveUpAfter(ofMinutes(1), TIMED_OUT)
        .compensatable("prepare-payment", TwoPhaseSaga::preparePayment)
        .compensatedBy("roll-back-payment", (key, _) -> new RollBackPayment(key))
        .giveUpAfter(ofMinutes(1), TIMED_OUT)
        .retriable("commit-stock", (key, _) -> new CommitStock(key))
        .retriable("commit-payment", (key, _) -> new CommitPayment(key))
        .retriable("confirm", (key, _) -> new ConfirmOrder(key))
        .retriable("notify", CheckoutCommands::notifyOfConfirmation)
        .afterCompensation("cancel", CheckoutCommands::cancel)
        .afterCompensation("notify", CheckoutCommands::notifyOfCancellation)
        .build(times);
  }

  private static Set<String> from(String first) {
    return version1(Map.of()).steps().stream()
        .map(Step::name)
        .dropWhile(step -> !step.equals(first))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case TransactionPrepared _, TransactionCommitted _, TransactionRolledBack _ -> advance();
      case OrderSettled _, CustomerNotified _ -> advance();
      case OutOfStock(_, var missing) -> refuse(OUT_OF_STOCK, missing);
      case PaymentDeclined(_, var reason) -> refuse(CheckoutCommands.reasonOf(reason), reason);
      case PrepareRefused _, ReserveRefused _ -> refuse(TIMED_OUT, "rolled back before");
      case DecisionRefused(_, var committed) ->
          contradict("the transaction was %s".formatted(committed ? "committed" : "rolled back"));
      case SettlementRefused(_, var why) -> contradict("the order refuses to be settled: " + why);
      default -> contradict("no reply of a two-phase commit");
    };
  }

  private static PrepareStock prepareStock(StepKey key, OrderPlaced order) {
    var reserve = CheckoutCommands.reserve(key, order);
    return new PrepareStock(key, reserve.customerId(), reserve.lines());
  }

  private static PreparePayment preparePayment(StepKey key, OrderPlaced order) {
    return new PreparePayment(
        key, order.customerId(), order.totalMinor(), order.currency(), order.method());
  }
}
